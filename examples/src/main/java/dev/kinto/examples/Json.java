package dev.kinto.examples;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import io.helidon.http.BadRequestException;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import java.util.Objects;

/** JSON bodies as records. */
public final class Json {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private Json() {}

  /** The body of a request. Members that the body lacks are null, whatever their type says. */
  public static <T> T read(ServerRequest request, Class<T> type) {
    if (!request.content().hasEntity()) {
      throw new BadRequestException("A body is wanted");
    }
    try {
      return Objects.requireNonNull(GSON.fromJson(request.content().as(String.class), type));
    } catch (JsonParseException | NullPointerException e) {
      throw new BadRequestException("The body is not the JSON that is wanted", e);
    }
  }

  /** Sends an answer. */
  public static void send(ServerResponse response, Object body) {
    response.header(HeaderValues.CONTENT_TYPE_JSON).send(text(body));
  }

  /** The text of a value, on one line. */
  public static String text(Object value) {
    return GSON.toJson(value);
  }

  /** Sends an answer that says what went wrong. */
  public static void sendError(ServerResponse response, int status, String error) {
    response.status(status);
    send(response, Map.of("error", error));
  }
}
