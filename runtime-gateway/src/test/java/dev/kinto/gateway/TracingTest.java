package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Spans, as a collector receives them by OTLP over HTTP (contract C48). */
@Timeout(120)
class TracingTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";

  @TempDir Path folder;
  @AutoClose private RawUpstream upstream;
  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final List<KeyValue> resource = new CopyOnWriteArrayList<>();
  private final CountDownLatch patience = new CountDownLatch(1);
  private volatile boolean hangs;
  private HttpServer collector;
  @AutoClose private AutoCloseable collecting;

  @BeforeEach
  void start() throws IOException {
    upstream = RawUpstream.start();
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          if (hangs) {
            await(patience);
          }
          ExportTraceServiceRequest request =
              ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
          request
              .getResourceSpansList()
              .forEach(
                  each -> {
                    resource.addAll(each.getResource().getAttributesList());
                    each.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
                  });
          byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
          exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
          exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
          exchange.close();
        });
    collector.start();
    collecting =
        () -> {
          patience.countDown();
          collector.stop(0);
        };
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private TestGateway.Builder configuration(URI otlp) throws IOException {
    return TestGateway.in(folder)
        .service(
            TestManifest.of("shop").route("GET /{id}").route("POST /x").build(), upstream.uri())
        .publicRoutes("all")
        .set("tracing.otlp", otlp.toString())
        .set("tracing.serviceName", "the-gateway");
  }

  private URI otlp() {
    return URI.create("http://127.0.0.1:" + collector.getAddress().getPort());
  }

  private static RawAnswer call(TestGateway gateway, String path, String traceparent)
      throws IOException {
    try (RawClient client = gateway.connectPublic()) {
      return client.exchange(
          "GET /demo-web" + path + " HTTP/1.1\r\nHost: h\r\n" + traceparent + "\r\n");
    }
  }

  private Span span(String name) throws InterruptedException {
    while (spans.stream().noneMatch(each -> each.getName().equals(name))) {
      Thread.sleep(10);
    }
    return spans.stream().filter(each -> each.getName().equals(name)).findFirst().orElseThrow();
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  private static String attribute(Span span, String key) {
    return span.getAttributesList().stream()
        .filter(each -> each.getKey().equals(key))
        .map(
            each ->
                each.getValue().hasIntValue()
                    ? "" + each.getValue().getIntValue()
                    : each.getValue().getStringValue())
        .findFirst()
        .orElse("");
  }

  @Test
  void theClientsTraceGoesOnThroughTheGatewayToTheMicroservice() throws Exception {
    upstream.answers("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    try (TestGateway gateway = configuration(otlp()).start()) {
      RawAnswer answer =
          call(gateway, "/shop/17?q=secret", "traceparent: 00-" + TRACE + "-" + PARENT + "-01\r\n");
      assertEquals(200, answer.status());
      Span request = span("GET /shop/{id}");
      Span call = span("shop GET /{id}");
      assertEquals(TRACE, hex(request.getTraceId()));
      assertEquals(PARENT, hex(request.getParentSpanId()));
      assertEquals(Span.SpanKind.SPAN_KIND_SERVER, request.getKind());
      assertEquals(TRACE, hex(call.getTraceId()));
      assertEquals(request.getSpanId(), call.getParentSpanId());
      assertEquals(Span.SpanKind.SPAN_KIND_CLIENT, call.getKind());
      assertEquals(
          "00-" + TRACE + "-" + hex(call.getSpanId()) + "-01",
          upstream.take().header("traceparent").orElseThrow());
      assertEquals("GET", attribute(request, "http.request.method"));
      assertEquals("/shop/{id}", attribute(request, "http.route"));
      assertEquals("/demo-web/shop/17", attribute(request, "url.path"));
      assertEquals("200", attribute(request, "http.response.status_code"));
      assertEquals(
          answer.header("kinto-request-id").orElseThrow(), attribute(request, "kinto.request_id"));
      assertEquals(upstream.uri().getHost(), attribute(call, "server.address"));
      assertEquals("" + upstream.uri().getPort(), attribute(call, "server.port"));
      assertTrue(request.getStartTimeUnixNano() <= call.getStartTimeUnixNano());
      assertTrue(call.getEndTimeUnixNano() <= request.getEndTimeUnixNano());
      assertTrue(
          resource.stream()
              .anyMatch(
                  each ->
                      each.getKey().equals("service.name")
                          && each.getValue().getStringValue().equals("the-gateway")));
      assertFalse(spans.toString().contains("secret"), "the query is nobody's business");
    }
  }

  @Test
  void whatTheGatewayRefusesHasASpanToo() throws Exception {
    upstream.answers((_, connection) -> connection.abort());
    try (TestGateway gateway = configuration(otlp()).start()) {
      assertEquals(404, call(gateway, "/nobody/x", "").status());
      Span unknown = span("GET");
      assertEquals("service-unknown", attribute(unknown, "error.type"));
      assertEquals(StatusCode.STATUS_CODE_UNSET, unknown.getStatus().getCode());
      assertTrue(unknown.getParentSpanId().isEmpty());
      assertEquals(502, call(gateway, "/shop/17", "").status());
      assertEquals(StatusCode.STATUS_CODE_ERROR, span("GET /shop/{id}").getStatus().getCode());
      assertEquals(StatusCode.STATUS_CODE_ERROR, span("shop GET /{id}").getStatus().getCode());
      assertNotEquals(unknown.getTraceId(), span("GET /shop/{id}").getTraceId());
    }
  }

  /** A name or a method of a client's own would be one more series for whoever counts spans. */
  @Test
  void aMethodThatNobodyKnowsNamesNoSpan() throws Exception {
    try (TestGateway gateway = configuration(otlp()).start();
        RawClient client = gateway.connectPublic()) {
      int status =
          client
              .exchange(
                  "FORGED-17 /demo-web/shop/17 HTTP/1.1\r\nHost: h\r\ntraceparent: 00-%s-%s-01\r\n\r\n"
                      .formatted(TRACE, PARENT))
              .status();
      assertTrue(status >= 400, "it is no route's: " + status);
      Span span = span("HTTP");
      assertEquals("_OTHER", attribute(span, "http.request.method"));
      assertEquals("FORGED-17", attribute(span, "http.request.method_original"));
    }
  }

  /** The caller's decision holds; without one the ratio decides, and the microservice is told. */
  @Test
  void samplingIsTheParentsOrTheRatios() throws Exception {
    upstream.answers("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    try (TestGateway gateway = configuration(otlp()).set("tracing.ratio", 0).start()) {
      call(gateway, "/shop/1", "");
      assertTrue(upstream.take().header("traceparent").orElseThrow().endsWith("-00"));
      call(gateway, "/shop/1", "traceparent: 00-" + TRACE + "-" + PARENT + "-00\r\n");
      assertTrue(upstream.take().header("traceparent").orElseThrow().endsWith("-00"));
      call(gateway, "/shop/2", "traceparent: 00-" + TRACE + "-" + PARENT + "-01\r\n");
      assertEquals("/demo-web/shop/2", attribute(span("GET /shop/{id}"), "url.path"));
    }
    assertEquals(2, spans.size(), spans.toString());
  }

  @Test
  void aCollectorThatHangsOrIsGoneKeepsNoRequestWaiting() throws Exception {
    upstream.answers("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    hangs = true;
    try (TestGateway gateway = configuration(otlp()).start()) {
      for (int i = 0; i < 50; i++) {
        assertEquals(200, call(gateway, "/shop/" + i, "").status());
      }
      assertTrue(spans.isEmpty(), "the answers did not wait for the collector");
      patience.countDown();
      span("GET /shop/{id}");
    }
    try (TestGateway gateway = configuration(URI.create("http://127.0.0.1:1")).start()) {
      assertEquals(200, call(gateway, "/shop/17", "").status());
    }
  }
}
