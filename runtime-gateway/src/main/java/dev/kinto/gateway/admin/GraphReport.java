package dev.kinto.gateway.admin;

import dev.kinto.gateway.admin.GraphView.EnvironmentGraphView;
import dev.kinto.gateway.admin.GraphView.GraphFieldView;
import dev.kinto.gateway.admin.GraphView.ReaderView;
import dev.kinto.gateway.admin.Traffic.Kind;
import dev.kinto.gateway.admin.Traffic.Rate;
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
    Rate writes = traffic.rate(environment, field.writer().orElse(""), field.name(), Kind.WRITE);
    return new GraphFieldView(
        field.name(),
        field.writer(),
        writes.count(),
        writes.perSecond(),
        field.readers().stream().map(each -> reader(environment, field.name(), each)).toList());
  }

  private ReaderView reader(String environment, String field, ContractGraph.Reader reader) {
    Rate reads = traffic.rate(environment, reader.service(), field, Kind.READ);
    Rate missed = traffic.rate(environment, reader.service(), field, Kind.MISSED);
    Rate failed = traffic.rate(environment, reader.service(), field, Kind.FAILED);
    return new ReaderView(
        reader.service(),
        reader.required(),
        reads.count(),
        reads.perSecond(),
        missed.count(),
        missed.perSecond(),
        failed.count(),
        failed.perSecond());
  }
}
