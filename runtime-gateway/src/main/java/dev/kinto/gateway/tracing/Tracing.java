package dev.kinto.gateway.tracing;

import dev.kinto.gateway.config.TracingConfig;
import dev.kinto.gateway.observe.Deferred;
import dev.kinto.gateway.observe.Observer;
import dev.kinto.gateway.observe.RequestRecord;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends a span for each sampled request and one for its call to a microservice. They are made when
 * the request has ended, on a thread of its own, with the ids that the microservice was told: a
 * collector that is slow or gone is nothing that a request waits for, and what is too much
 * meanwhile is dropped. Safe for use by any number of threads.
 */
public final class Tracing implements Observer, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final SpanExporter exporter;
  private final Resource resource;
  private final Deferred spans = new Deferred("tracing", this::export);

  /** Sends to this collector. */
  public Tracing(TracingConfig config) {
    this.exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(config.endpoint() + "/v1/traces")
            .setConnectTimeout(PATIENCE)
            .setTimeout(PATIENCE)
            .build();
    this.resource =
        Resource.getDefault()
            .merge(
                Resource.create(
                    Attributes.of(AttributeKey.stringKey("service.name"), config.serviceName())));
  }

  @Override
  public void ended(RequestRecord request) {
    if (request.trace().sampled()) {
      spans.ended(request);
    }
  }

  /** What the exporter cannot send, it logs, now and then. */
  private void export(List<RequestRecord> requests) {
    List<SpanData> all = new ArrayList<>(2 * requests.size());
    for (RequestRecord request : requests) {
      all.add(Spans.ofRequest(request, resource));
      if (!request.upstream().isNone()) {
        all.add(Spans.ofCall(request, resource));
      }
    }
    exporter.export(all).join(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Sends what is left, for a few seconds at most. */
  @Override
  public void close() {
    spans.close();
    exporter.shutdown();
  }
}
