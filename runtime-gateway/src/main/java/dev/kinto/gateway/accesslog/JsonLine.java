package dev.kinto.gateway.accesslog;

import dev.kinto.gateway.observe.RequestRecord;
import java.io.StringWriter;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A JSON object; what a request did not come to is left out. */
final class JsonLine implements LineFormat {
  private static final JsonFactory JSON = new JsonFactory();
  private static final double NANOS_OF_A_MICRO = 1e3;
  private static final double MICROS_OF_A_MILLI = 1e3;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx");

  @Override
  public String line(RequestRecord request) {
    StringWriter line = new StringWriter(256);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
      json.writeStartObject();
      text("time", TIME.format(request.began().atZone(ZoneId.systemDefault())), json);
      text("requestId", request.requestId(), json);
      text("listener", request.listener(), json);
      text("address", request.address(), json);
      text("client", request.client(), json);
      text("environment", request.environment(), json);
      text("service", request.route().service(), json);
      text("route", request.route().called(), json);
      text("method", request.method(), json);
      text("path", request.path(), json);
      text("protocol", request.protocol(), json);
      json.writeNumberProperty("status", request.status());
      text("code", request.code(), json);
      json.writeNumberProperty("bytes", request.bytes());
      json.writeNumberProperty("milliseconds", millis(request.time()));
      if (!request.upstream().isNone()) {
        text("upstream", request.upstream().text(), json);
        json.writeNumberProperty("upstreamMilliseconds", millis(request.upstreamTime()));
      }
      json.writeEndObject();
    }
    return line.toString();
  }

  /** To the microsecond. */
  static double millis(Duration time) {
    return Math.rint(time.toNanos() / NANOS_OF_A_MICRO) / MICROS_OF_A_MILLI;
  }

  private static void text(String name, String value, JsonGenerator json) {
    if (!value.isEmpty()) {
      json.writeStringProperty(name, value);
    }
  }
}
