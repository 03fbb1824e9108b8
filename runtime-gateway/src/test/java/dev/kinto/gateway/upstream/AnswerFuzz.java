package dev.kinto.gateway.upstream;

import dev.kinto.manifest.FieldName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.impl.BasicHttpTransportMetrics;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;

/**
 * Fuzz target: the bytes that an upstream answers. What is let through has one framing, names that
 * are tokens and no control characters (contract C35). How to run it: docs/hostile-input.md.
 */
public final class AnswerFuzz {
  private AnswerFuzz() {}

  /** Called by Jazzer for each input. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    InputStream source = new ByteArrayInputStream(bytes);
    AnswerParser parser = new AnswerParser();
    SessionInputBufferImpl buffer =
        new SessionInputBufferImpl(
            new BasicHttpTransportMetrics(),
            8 * 1024,
            0,
            -1,
            StandardCharsets.ISO_8859_1.newDecoder());
    try {
      for (int i = 0; i < 20; i++) {
        parser.begin();
        ClassicHttpResponse answer = parser.parse(buffer, source);
        if (answer == null) {
          return;
        }
        if (answer.getCode() >= 200) {
          check(AnswerHead.check(answer, "GET"), answer.getCode());
          if (answer.containsHeader("Transfer-Encoding")) {
            parser.chunkedBody().readAllBytes();
          }
          return;
        }
      }
    } catch (IOException e) {
      // Refused.
    }
  }

  private static void check(AnswerHead head, int status) {
    boolean lengths =
        head.lines().stream()
                .filter(
                    line ->
                        line.lowerCaseName().equals("content-length")
                            || line.lowerCaseName().equals("transfer-encoding"))
                .count()
            <= 1;
    boolean clean =
        head.lines().stream()
            .allMatch(
                line ->
                    FieldName.isToken(line.name())
                        && line.value()
                            .chars()
                            .noneMatch(c -> (c < 0x20 && c != '\t') || c == 0x7F || c > 0xFF));
    if (status > 599 || !lengths || !clean) {
      throw new AssertionError(status + " " + head);
    }
  }
}
