package dev.kinto.gateway.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What there is to know of a request that has ended, refused ones too (contract C45, C47). Texts
 * are empty where it did not come to that. There is nothing of bodies, of the query, and of headers
 * but the names that are said here.
 *
 * @param began when its head had come
 * @param requestId its id, which the client has too
 * @param listener the listener's name: {@code api} or {@code public}
 * @param protocol {@code HTTP/1.1}, {@code HTTP/2.0}; empty if its head could not be read
 * @param address the client's IP address, as trusted proxies say it
 * @param client the client id
 * @param environment the environment
 * @param session the id of the session, from which no token can be made
 * @param route the route that it hit
 * @param method as the client sent it
 * @param path as the client sent it, without the query
 * @param injected the session fields that the microservice was sent
 * @param config the names of the configuration values that it was sent
 * @param removed what the client sent and the gateway removed although it may have been meant
 * @param missing the required session fields that the session lacks
 * @param written the session fields that were saved, or removed from the session
 * @param undeclared the session fields that the microservice set without declaring them
 * @param upstream the one that was called last
 * @param upstreamAfter from the head of the request to the first attempt
 * @param upstreamTime from the first attempt to the head of the answer, or to the failure
 * @param status the status of the answer; 499 if the client went away before there was one
 * @param code why the gateway answered itself: a code of problem+json; {@code client-gone} or
 *     {@code response-incomplete} if the answer did not get to its end; empty if it did
 * @param detail what the client was told of that
 * @param bytes of the answer's body, as far as they were sent
 * @param time from the head of the request to the last byte of the answer
 * @param trace where it stands in its trace
 */
public record RequestRecord(
    Instant began,
    String requestId,
    String listener,
    String protocol,
    String address,
    String client,
    String environment,
    Optional<UUID> session,
    RouteName route,
    String method,
    String path,
    List<Injected> injected,
    List<String> config,
    List<Removed> removed,
    List<Missing> missing,
    List<String> written,
    List<String> undeclared,
    UpstreamName upstream,
    Duration upstreamAfter,
    Duration upstreamTime,
    int status,
    String code,
    String detail,
    long bytes,
    Duration time,
    TraceContext trace) {

  /** The status of a request whose client went away before there was an answer. */
  public static final int CLIENT_GONE = 499;

  static final String INCOMPLETE = "response-incomplete";
  static final String GONE = "client-gone";

  /** What a record takes besides its texts, in bytes: about. Of a continued trace 826 were seen. */
  private static final int REST = 832;

  private static final int REST_OF_A_NAME = 64;

  /**
   * A session field that the microservice was sent.
   *
   * @param field its name
   * @param value its wire form
   */
  public record Injected(String field, String value) {
    /** Shows no value: it is the user's. */
    @Override
    public String toString() {
      return "Injected[" + field + "]";
    }
  }

  /**
   * A header that was removed.
   *
   * @param name as the client spelt it
   * @param owner the microservice in whose session space it lies; empty if in none
   */
  public record Removed(String name, String owner) {}

  /**
   * A field that the session lacks.
   *
   * @param field its name
   * @param providers the routes that set it, as clients call them: {@code POST /auth/login}
   */
  public record Missing(String field, List<String> providers) {}

  /** Whether the gateway answered itself, with a code of problem+json. */
  public boolean refused() {
    return !code.isEmpty() && !code.equals(GONE) && !code.equals(INCOMPLETE);
  }

  /** How much memory it takes, about. */
  long size() {
    long texts = (long) path.length() + detail.length() + method.length();
    for (Injected each : injected) {
      texts += each.value().length() + REST_OF_A_NAME;
    }
    for (Removed each : removed) {
      texts += each.name().length() + REST_OF_A_NAME;
    }
    for (Missing each : missing) {
      texts += (long) REST_OF_A_NAME * (1 + each.providers().size());
    }
    for (String each : undeclared) {
      texts += each.length() + REST_OF_A_NAME;
    }
    return REST + texts + (long) REST_OF_A_NAME * (written.size() + config.size());
  }
}
