package dev.kinto.gateway.admin;

import dev.kinto.gateway.admin.GraphView.EnvironmentGraphView;
import dev.kinto.gateway.admin.GraphView.GraphFieldView;
import dev.kinto.gateway.admin.GraphView.ReaderView;
import dev.kinto.gateway.graph.ContractGraph;
import dev.kinto.gateway.route.Environments;
import dev.kinto.gateway.route.Service;

/** Tells of the contracts that are in force. */
final class GraphReport {
  private GraphReport() {}

  static GraphView of(Environments environments) {
    return new GraphView(
        environments.config().environments().keySet().stream()
            .map(name -> graph(environments, name))
            .toList());
  }

  private static EnvironmentGraphView graph(Environments environments, String name) {
    ContractGraph graph =
        ContractGraph.of(
            environments.named(name).services().stream().map(Service::manifest).toList());
    return new EnvironmentGraphView(
        name,
        graph.services().stream().map(ContractGraph.Service::name).toList(),
        graph.fields().stream().map(GraphReport::field).toList());
  }

  private static GraphFieldView field(ContractGraph.Field field) {
    return new GraphFieldView(
        field.name(),
        field.writer(),
        field.readers().stream()
            .map(reader -> new ReaderView(reader.service(), reader.required()))
            .toList());
  }
}
