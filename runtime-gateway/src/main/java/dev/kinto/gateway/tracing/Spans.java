package dev.kinto.gateway.tracing;

import dev.kinto.gateway.observe.RequestRecord;
import dev.kinto.gateway.observe.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The spans of a request, with the attributes of OpenTelemetry's conventions for HTTP. */
final class Spans {
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> METHOD_SENT =
      AttributeKey.stringKey("http.request.method_original");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
  private static final AttributeKey<String> CLIENT = AttributeKey.stringKey("client.address");
  private static final AttributeKey<String> SERVER = AttributeKey.stringKey("server.address");
  private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
  private static final AttributeKey<String> PEER = AttributeKey.stringKey("network.peer.address");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  private static final AttributeKey<String> REQUEST_ID = AttributeKey.stringKey("kinto.request_id");
  private static final AttributeKey<String> OUR_CLIENT = AttributeKey.stringKey("kinto.client");
  private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("kinto.service");
  private static final AttributeKey<String> ENVIRONMENT =
      AttributeKey.stringKey("kinto.environment");

  /** Those that the conventions know: RFC 9110, section 9, RFC 5789 and QUERY. */
  private static final Set<String> METHODS =
      Set.of(
          "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE");

  private static final String OTHER_METHOD = "_OTHER";
  private static final int LEAST_OF_SERVERS = 500;
  private static final int LEAST_OF_CLIENTS = 400;

  private Spans() {}

  /** From the head of the request to the last byte of its answer. */
  static Span ofRequest(RequestRecord request, Resource resource) {
    TraceContext trace = request.trace();
    AttributesBuilder attributes = common(request);
    put(attributes, PATH, request.path());
    put(attributes, CLIENT, request.address());
    put(attributes, OUR_CLIENT, request.client());
    attributes.put(STATUS, request.status());
    return new Span(
        name(request),
        SpanKind.SERVER,
        context(trace, trace.spanId(), false),
        trace.continued() ? context(trace, trace.parentId(), true) : SpanContext.getInvalid(),
        nanos(request.began()),
        nanos(request.began()) + request.time().toNanos(),
        attributes.build(),
        status(request, LEAST_OF_SERVERS),
        resource);
  }

  /** From the first attempt to the head of the upstream's answer, or to the failure. */
  static Span ofCall(RequestRecord request, Resource resource) {
    TraceContext trace = request.trace();
    long began = nanos(request.began()) + request.upstreamAfter().toNanos();
    AttributesBuilder attributes = common(request);
    put(attributes, SERVER, request.upstream().host());
    attributes.put(PORT, request.upstream().port());
    put(attributes, PEER, request.upstream().address());
    if (!request.refused()) {
      attributes.put(STATUS, request.status());
    }
    return new Span(
        request.route().service() + " " + request.route().declared(),
        SpanKind.CLIENT,
        context(trace, trace.callId(), false),
        context(trace, trace.spanId(), false),
        began,
        began + request.upstreamTime().toNanos(),
        attributes.build(),
        status(request, LEAST_OF_CLIENTS),
        resource);
  }

  private static AttributesBuilder common(RequestRecord request) {
    AttributesBuilder attributes = Attributes.builder();
    attributes.put(METHOD, isKnown(request.method()) ? request.method() : OTHER_METHOD);
    if (!isKnown(request.method())) {
      put(attributes, METHOD_SENT, request.method());
    }
    attributes.put(REQUEST_ID, request.requestId());
    String route = request.route().called();
    put(attributes, ROUTE, route.substring(route.indexOf(' ') + 1));
    put(attributes, ENVIRONMENT, request.environment());
    put(attributes, SERVICE, request.route().service());
    put(attributes, ERROR, request.code());
    return attributes;
  }

  /** Names are few, so no text of a client's is one. */
  private static String name(RequestRecord request) {
    if (!request.route().called().isEmpty()) {
      return request.route().called();
    }
    return isKnown(request.method()) ? request.method() : "HTTP";
  }

  private static boolean isKnown(String method) {
    return METHODS.contains(method);
  }

  private static StatusData status(RequestRecord request, int leastError) {
    return request.status() >= leastError
        ? StatusData.create(StatusCode.ERROR, request.code())
        : StatusData.unset();
  }

  private static void put(AttributesBuilder attributes, AttributeKey<String> key, String value) {
    if (!value.isEmpty()) {
      attributes.put(key, value);
    }
  }

  private static SpanContext context(TraceContext trace, String spanId, boolean remote) {
    TraceFlags flags = TraceFlags.getSampled();
    return remote
        ? SpanContext.createFromRemoteParent(
            trace.traceId(), spanId, flags, TraceState.getDefault())
        : SpanContext.create(trace.traceId(), spanId, flags, TraceState.getDefault());
  }

  private static long nanos(Instant time) {
    return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
  }
}
