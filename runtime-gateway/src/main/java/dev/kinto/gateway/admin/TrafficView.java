package dev.kinto.gateway.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The answer of {@code GET /api/traffic}. */
@Doc("What this gateway is called, and how that goes.")
record TrafficView(
    @Doc("Since when calls are counted") Instant since,
    @Doc("How many seconds rates and percentiles are of, until now") long seconds,
    @Doc("All requests, also those that hit no route") FlowView all,
    @Doc("The last hour, in steps of ten seconds, the oldest first") List<PastView> hour,
    @Doc("The routes that were called") List<RouteFlowView> routes,
    @Doc("The addresses of microservices that were called") List<UpstreamFlowView> upstreams) {

  @Doc("Calls.")
  record FlowView(
      @Doc("How many there were") long calls,
      @Doc("How many of them were answered with 4xx, or left by their client") long clientErrors,
      @Doc("How many of them were answered with 5xx") long serverErrors,
      @Doc("How many come in a second") double perSecond,
      @Doc("How many of them are answered with 4xx") double clientErrorsPerSecond,
      @Doc("How many of them are answered with 5xx") double serverErrorsPerSecond,
      @Doc("Milliseconds that half of them stay below") Optional<Double> p50,
      @Doc("Milliseconds that 95 of 100 stay below") Optional<Double> p95,
      @Doc("Milliseconds that 99 of 100 stay below") Optional<Double> p99) {}

  @Doc("The requests of ten seconds.")
  record PastView(
      @Doc("When they began") Instant at,
      @Doc("How many ended in them") long calls,
      @Doc("How many of them with 4xx") long clientErrors,
      @Doc("How many of them with 5xx") long serverErrors,
      @Doc("Milliseconds that half of them stayed below") Optional<Double> p50,
      @Doc("Milliseconds that 95 of 100 stayed below") Optional<Double> p95) {}

  @Doc("The calls of a route.")
  record RouteFlowView(
      @Doc("Its environment; empty for the gateway's own addresses") String environment,
      @Doc("Its microservice; empty for the gateway's own addresses") String service,
      @Doc("As clients call it: GET /articles/{id}") String route,
      @Doc("Its calls, from the head of a request to the last byte of its answer") FlowView flow) {}

  @Doc("The calls of an address of a microservice.")
  record UpstreamFlowView(
      @Doc("The environment") String environment,
      @Doc("The microservice") String service,
      @Doc("The name of the upstream, as GET /api/environments has it") String address,
      @Doc("Its calls, from the first attempt to the head of its answer") FlowView flow) {}
}
