package dev.kinto.gateway.admin;

import dev.kinto.gateway.admin.GraphView.EnvironmentGraphView;
import dev.kinto.gateway.admin.GraphView.GraphFieldView;
import dev.kinto.gateway.admin.GraphView.ReaderView;
import dev.kinto.gateway.admin.Traffic.Kind;
import dev.kinto.gateway.graph.ContractGraph;
import dev.kinto.gateway.route.Environments;
import dev.kinto.gateway.route.Service;

/** Tells of the contracts that are in force. */
final class GraphReport {
  private final Environments environments;
  private final Traffic traffic;

  GraphReport(Environments environments, Traffic traffic) {
    this.environments = environments;
    this.traffic = traffic;
  }

  GraphView view() {
    return new GraphView(
        environments.config().environments().keySet().stream().map(this::graph).toList());
  }

  private EnvironmentGraphView graph(String name) {
    ContractGraph graph =
        ContractGraph.of(
            environments.named(name).services().stream().map(Service::manifest).toList());
    return new EnvironmentGraphView(
        name,
        graph.services().stream().map(ContractGraph.Service::name).toList(),
        graph.fields().stream().map(field -> field(name, field)).toList());
  }

  private GraphFieldView field(String environment, ContractGraph.Field field) {
    return new GraphFieldView(
        field.name(),
        field.writer(),
        field
            .writer()
            .map(writer -> traffic.count(environment, writer, field.name(), Kind.WRITE))
            .orElse(0L),
        field.readers().stream()
            .map(
                reader ->
                    new ReaderView(
                        reader.service(),
                        reader.required(),
                        traffic.count(environment, reader.service(), field.name(), Kind.READ),
                        traffic.count(environment, reader.service(), field.name(), Kind.MISSED)))
            .toList());
  }
}
