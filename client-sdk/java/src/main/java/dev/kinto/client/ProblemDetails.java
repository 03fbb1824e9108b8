package dev.kinto.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code application/problem+json} answer says (RFC 9457, contract C36). Immutable. A
 * member that is absent or not a string is an empty string.
 */
public final class ProblemDetails {
  /** More than any problem of the gateway; what is longer is not one. */
  private static final long MAX_BYTES = 64 * 1024;

  private final JsonObject members;
  private final int status;
  private final List<MissingField> fields;

  private ProblemDetails(JsonObject members, int status) {
    this.members = members;
    this.status = status;
    this.fields = missingFields(members.get("fields"));
  }

  /**
   * Reads an answer's problem; empty if it holds none. The answer's body can still be read
   * afterwards.
   *
   * @throws IllegalStateException if the body cannot be read, as that of Retrofit's {@code raw()}:
   *     then {@link #from(int, String)} takes what {@code errorBody()} says
   */
  public static Optional<ProblemDetails> from(Response response) throws IOException {
    if (response.isSuccessful() || !isProblem(response.body())) {
      return Optional.empty();
    }
    String text;
    try {
      text = response.peekBody(MAX_BYTES).string();
    } catch (IllegalStateException unreadable) {
      throw new IllegalStateException(
          "The body of this answer cannot be read. With Retrofit call from(response.code(),"
              + " response.errorBody().string())",
          unreadable);
    }
    return from(response.code(), text);
  }

  /**
   * Reads the problem in the text of an answer's body; empty if it holds none. For those who have
   * no {@link Response}: Retrofit, Ktor, other HTTP libraries.
   *
   * @param status the answer's HTTP status
   * @param body the text of its body; null is as good as an empty one
   */
  public static Optional<ProblemDetails> from(int status, @Nullable String body) {
    if (status < 300 || body == null || body.length() > MAX_BYTES) {
      return Optional.empty();
    }
    try {
      JsonElement json = JsonParser.parseString(body);
      return json.isJsonObject()
          ? Optional.of(new ProblemDetails(json.getAsJsonObject(), status))
          : Optional.empty();
    } catch (JsonParseException notJson) {
      return Optional.empty();
    }
  }

  /** What is known of a refusal by something that is not a gateway, a proxy perhaps. */
  static ProblemDetails unexplained(int status) {
    return new ProblemDetails(new JsonObject(), status);
  }

  private static boolean isProblem(@Nullable ResponseBody body) {
    MediaType type = body == null ? null : body.contentType();
    return type != null
        && type.type().equals("application")
        && type.subtype().equals("problem+json");
  }

  /** A URI that names the kind of problem. */
  public String type() {
    return text(members.get("type"));
  }

  /** The kind of problem in a few words. */
  public String title() {
    return text(members.get("title"));
  }

  /** The HTTP status of the answer. */
  public int status() {
    return status;
  }

  /** What went wrong this time, for people. */
  public String detail() {
    return text(members.get("detail"));
  }

  /** The kind of problem for programs, for instance {@code session-ended}. */
  public String code() {
    return text(members.get("code"));
  }

  /** The id under which the operators find the request. */
  public String requestId() {
    return text(members.get("requestId"));
  }

  /**
   * Whether the call may have had its effect all the same: the microservice was called, and then
   * the session could not be saved.
   */
  public boolean upstreamCalled() {
    return text(members.get("upstreamCalled")).equals("true");
  }

  /** The session fields that {@code session-field-required} misses; else empty. */
  public List<MissingField> fields() {
    return fields;
  }

  private static List<MissingField> missingFields(@Nullable JsonElement json) {
    List<MissingField> fields = new ArrayList<>();
    for (JsonElement element : array(json)) {
      if (element.isJsonObject()) {
        JsonObject field = element.getAsJsonObject();
        List<String> providers = new ArrayList<>();
        array(field.get("providers")).forEach(provider -> providers.add(text(provider)));
        fields.add(new MissingField(text(field.get("field")), providers));
      }
    }
    return List.copyOf(fields);
  }

  private static JsonArray array(@Nullable JsonElement json) {
    return json != null && json.isJsonArray() ? json.getAsJsonArray() : new JsonArray();
  }

  private static String text(@Nullable JsonElement json) {
    return json != null && json.isJsonPrimitive() ? json.getAsString() : "";
  }

  /** One line: status, code, detail, and the request id. */
  @Override
  public String toString() {
    return code().isEmpty()
        ? "status " + status
        : status + " " + code() + ": " + detail() + " (request " + requestId() + ")";
  }
}
