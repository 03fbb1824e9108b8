package dev.kinto.gateway.problem;

/**
 * Why the gateway gives an answer of its own: the {@code code} of its problem+json (contract C36).
 */
public enum ProblemCode {
  REQUEST_INVALID(400, "request-invalid", "The request is not valid HTTP or its target is refused"),
  PARAMETER_INVALID(400, "parameter-invalid", "A parameter of the query is not what is expected"),
  MALFORMED_REQUEST(400, "malformed-request", "The body of the request is not what is expected"),
  CLIENT_INVALID(401, "client-invalid", "The client id or its secret is wrong"),
  TOKEN_MISSING(401, "token-missing", "The request has no token"),
  TOKEN_INVALID(401, "token-invalid", "The token is not one of this gateway"),
  TOKEN_REPLACED(401, "token-replaced", "The session has a newer token"),
  SESSION_ENDED(401, "session-ended", "The session of this token has ended"),
  OPERATOR_INVALID(401, "operator-invalid", "The operator's secret is missing or wrong"),
  SESSION_FIELD_REQUIRED(
      403, "session-field-required", "The session lacks a field that this route requires"),
  SERVICE_NOT_PUBLIC(403, "service-not-public", "This route is not public"),
  ORIGIN_NOT_ALLOWED(403, "origin-not-allowed", "Pages of this origin may not call"),
  CLIENT_UNKNOWN(404, "client-unknown", "There is no such client"),
  SERVICE_UNKNOWN(404, "service-unknown", "There is no such microservice"),
  ROUTE_UNKNOWN(404, "route-unknown", "The microservice declares no such route"),
  ADMIN_DISABLED(404, "admin-disabled", "The admin API is not configured"),
  ADDRESS_UNKNOWN(404, "address-unknown", "The admin listener has no such address"),
  SESSION_UNKNOWN(404, "session-unknown", "There is no such session"),
  REQUEST_UNKNOWN(404, "request-unknown", "No such request is known any more"),
  METHOD_NOT_ALLOWED(405, "method-not-allowed", "The route does not allow this method"),
  REQUEST_TIMEOUT(408, "request-timeout", "The request did not arrive in time"),
  BODY_TOO_LARGE(413, "body-too-large", "The body of the request is too large"),
  TARGET_TOO_LONG(414, "target-too-long", "The request target is too long"),
  MEDIA_TYPE(415, "media-type", "The body of the request has another media type than expected"),
  HOST_UNKNOWN(421, "host-unknown", "This address does not answer for this host"),
  HEADERS_TOO_LARGE(431, "headers-too-large", "The header fields of the request are too large"),
  RATE_LIMITED(429, "rate-limited", "There were too many requests in a short time"),
  INTERNAL_ERROR(500, "internal-error", "The gateway failed"),
  NOT_IMPLEMENTED(501, "not-implemented", "The gateway does not support what the request asks"),
  UPSTREAM_UNREACHABLE(502, "upstream-unreachable", "The microservice cannot be reached"),
  UPSTREAM_INVALID_RESPONSE(
      502, "upstream-invalid-response", "The microservice's answer is not valid HTTP"),
  SESSION_VALUE_INVALID(
      502,
      "session-value-invalid",
      "The microservice set a session value that breaks its contract"),
  SESSION_TOO_LARGE(502, "session-too-large", "The session would grow beyond its limits"),
  GRID_UNAVAILABLE(503, "grid-unavailable", "The session store cannot be reached"),
  SERVICE_NOT_READY(503, "service-not-ready", "The microservice is not ready yet"),
  UPSTREAM_BUSY(503, "upstream-busy", "The microservice has as many requests as it can handle"),
  DRAINING(503, "draining", "The gateway is shutting down"),
  HTTP_VERSION(505, "http-version", "The gateway does not speak this version of HTTP"),
  UPSTREAM_TIMEOUT(504, "upstream-timeout", "The microservice did not answer in time");

  private final int status;
  private final String code;
  private final String title;

  ProblemCode(int status, String code, String title) {
    this.status = status;
    this.code = code;
    this.title = title;
  }

  /** The HTTP status code. */
  public int status() {
    return status;
  }

  /**
   * Whether it is what the request asks for that cannot be had, as with all of 4xx: anybody can
   * bring that about, as often as he likes.
   */
  public boolean ofTheRequest() {
    return status < 500 || this == NOT_IMPLEMENTED || this == HTTP_VERSION;
  }

  /** The name that clients compare, for instance {@code token-missing}. */
  public String code() {
    return code;
  }

  /** One line for people, the same for every occurrence. */
  public String title() {
    return title;
  }

  /** The problem type, a URI reference: the code below {@code urn:kinto:problem:}. */
  public String type() {
    return "urn:kinto:problem:" + code;
  }
}
