package dev.kinto.gateway.problem;

import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes a refusal as problem+json (RFC 9457, contract C36). */
public final class ProblemWriter {
  /** The media type of what {@link #write} gives. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final JsonFactory JSON = new JsonFactory();

  private ProblemWriter() {}

  /** The JSON text of the answer to a refused request. */
  public static String write(Refusal refusal, String requestId) {
    StringWriter text = new StringWriter(256);
    ProblemCode code = refusal.code();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("type", code.type());
      json.writeStringProperty("title", code.title());
      json.writeNumberProperty("status", code.status());
      json.writeStringProperty("detail", refusal.detail());
      json.writeStringProperty("code", code.code());
      json.writeStringProperty("requestId", requestId);
      if (refusal instanceof Refusal.SessionFieldRequired required) {
        writeFields(json, required);
      } else if (refusal instanceof Refusal.NotSaved) {
        json.writeBooleanProperty("upstreamCalled", true);
      }
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void writeFields(JsonGenerator json, Refusal.SessionFieldRequired required) {
    json.writeArrayPropertyStart("fields");
    for (Refusal.MissingField missing : required.fields()) {
      json.writeStartObject();
      json.writeStringProperty("field", missing.field().spelling());
      json.writeArrayPropertyStart("providers");
      missing.providers().forEach(json::writeString);
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
