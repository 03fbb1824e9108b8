package dev.kinto.gateway.admin;

import java.util.List;
import java.util.Optional;

/** The answer of {@code GET /api/graph}. */
@Doc("The contracts between microservices: who sets which session field, and who reads it.")
record GraphView(@Doc("In the order of the file") List<EnvironmentGraphView> environments) {

  @Doc("The contracts of an environment.")
  record EnvironmentGraphView(
      @Doc("Its name") String environment,
      @Doc("Its microservices whose manifests are known, by name") List<String> services,
      @Doc("Its session fields, by name") List<GraphFieldView> fields) {}

  @Doc("A session field.")
  record GraphFieldView(
      @Doc("Its name in its owner's spelling") String name,
      @Doc("The microservice that sets it; absent: it has no producer") Optional<String> writer,
      @Doc("How often it was set or removed, since this gateway started") long writes,
      @Doc("How often that happens in a second, in the last minute") double writesPerSecond,
      @Doc("Who reads it") List<ReaderView> readers) {}

  @Doc("A microservice that reads a field.")
  record ReaderView(
      @Doc("Its name") String service,
      @Doc("Whether a route of it is refused without the field") boolean required,
      @Doc("How often it was sent the field, since this gateway started") long reads,
      @Doc("How often that happens in a second, in the last minute") double readsPerSecond,
      @Doc("How often a call of it was refused because the session had not the field") long missed,
      @Doc("How often that happens in a second, in the last minute") double missedPerSecond,
      @Doc("How often it was sent the field, and the call was answered with 5xx") long failed,
      @Doc("How often that happens in a second, in the last minute") double failedPerSecond) {}
}
