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
import java.util.concurrent.TimeUnit;

/** The spans of a request, with the attributes of OpenTelemetry's conventions for HTTP. */
final class Spans {
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
  private static final AttributeKey<String> CLIENT = AttributeKey.stringKey("client.address");
  private static final AttributeKey<String> SERVER = AttributeKey.stringKey("server.address");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  private static final AttributeKey<String> REQUEST_ID = AttributeKey.stringKey("kinto.request_id");
  private static final AttributeKey<String> OUR_CLIENT = AttributeKey.stringKey("kinto.client");
  private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("kinto.service");
  private static final AttributeKey<String> ENVIRONMENT =
      AttributeKey.stringKey("kinto.environment");
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
        request.route().called().isEmpty() ? method(request) : request.route().called(),
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
    put(attributes, SERVER, request.upstream());
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
    attributes.put(METHOD, method(request));
    attributes.put(REQUEST_ID, request.requestId());
    String route = request.route().called();
    put(attributes, ROUTE, route.substring(route.indexOf(' ') + 1));
    put(attributes, ENVIRONMENT, request.environment());
    put(attributes, SERVICE, request.route().service());
    put(attributes, ERROR, request.code());
    return attributes;
  }

  /** A method is a name of few; what could not be read is none. */
  private static String method(RequestRecord request) {
    return request.method().isEmpty() ? "_OTHER" : request.method();
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
