package dev.kinto.gateway.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The answer of {@code GET /api/requests}. */
@Doc("The newest requests of this gateway that fit, the newest first.")
record RequestsView(
    @Doc("The requests") List<RequestView> requests,
    @Doc("What to give as after for older ones; absent: these were the last ones")
        Optional<String> next) {

  @Doc("What became of a request.")
  record RequestView(
      @Doc("Its id, which the client has too") String requestId,
      @Doc("When its head had come") Instant at,
      @Doc("What became of it, in a sentence") String why,
      @Doc("The listener: api or public") String listener,
      @Doc("The client's IP address") String address,
      @Doc("The client") Optional<String> client,
      @Doc("The environment") Optional<String> environment,
      @Doc("The id of its session") Optional<String> session,
      @Doc("The microservice that it was for") Optional<String> service,
      @Doc("The route that it hit, as clients call it: GET /articles/{id}") Optional<String> route,
      @Doc("Its method") String method,
      @Doc("Its path, as the client sent it, without the query") String path,
      @Doc("The session fields that the microservice was sent")
          List<SessionsView.FieldView> injected,
      @Doc("The configuration values that it was sent") List<String> config,
      @Doc("What the client sent and the gateway removed") List<RemovedView> removed,
      @Doc("The required session fields that the session lacks") List<MissingView> missing,
      @Doc("The session fields that were saved, or removed from the session") List<String> written,
      @Doc("The session fields that the microservice set without declaring them")
          List<String> undeclared,
      @Doc("The address that was called") Optional<String> upstream,
      @Doc("Milliseconds until the microservice answered, or failed") double upstreamMillis,
      @Doc("The status of the answer; 499: the client had gone") int status,
      @Doc("Why the gateway answered itself") Optional<String> code,
      @Doc("What the client was told of that") Optional<String> detail,
      @Doc("The bytes of the answer's body that were sent") long bytes,
      @Doc("Milliseconds from its head to the last byte of the answer") double millis) {}

  @Doc("A header that was removed.")
  record RemovedView(
      @Doc("Its name, as the client spelt it") String name,
      @Doc("The microservice in whose session space it lies") Optional<String> owner) {}

  @Doc("A session field that is missing.")
  record MissingView(
      @Doc("Its name") String field,
      @Doc("The routes that set it, as clients call them") List<String> providers) {}
}
