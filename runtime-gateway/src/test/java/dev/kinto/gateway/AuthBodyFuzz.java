package dev.kinto.gateway;

import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.http.RequestBody;
import dev.kinto.gateway.problem.Refusal;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Fuzz target: the body of {@code POST /auth}. It is credentials, or refused (contract C22). How to
 * run it: docs/hostile-input.md.
 */
public final class AuthBodyFuzz {
  private AuthBodyFuzz() {}

  /** Called by Jazzer for each input. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    ClientRequest request =
        new ClientRequest(
            "POST",
            "/auth",
            List.of(HeaderLine.of("Content-Type", "application/json")),
            RequestBody.of(
                new ByteArrayInputStream(bytes), () -> false, () -> {}, OptionalLong.empty()),
            OptionalLong.empty(),
            OptionalLong.empty(),
            false,
            null,
            Optional.empty(),
            null,
            InputStream.nullInputStream());
    try {
      ClientCredentials credentials = ClientCredentials.read(request);
      if (credentials.toString().contains(credentials.secret())
          && !credentials.clientId().contains(credentials.secret())
          && !"ClientCredentials[]".contains(credentials.secret())) {
        throw new AssertionError("a secret is shown");
      }
    } catch (Refusal e) {
      if (e.code().status() != 400 && e.code().status() != 413) {
        throw e;
      }
    }
  }
}
