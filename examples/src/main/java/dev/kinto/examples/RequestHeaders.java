package dev.kinto.examples;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A Helidon request as generated code looks at it: header values by name, or null. */
public final class RequestHeaders {
  private RequestHeaders() {}

  /** Looks up the headers of a request. */
  public static Function<String, @Nullable String> of(ServerRequest request) {
    return name -> request.headers().first(HeaderNames.create(name)).orElse(null);
  }
}
