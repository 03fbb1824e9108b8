package dev.kinto.gateway.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.observe.RequestRecord.Injected;
import dev.kinto.gateway.observe.RequestRecord.Missing;
import dev.kinto.gateway.observe.RequestRecord.Removed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is kept of a request is all that there was (contract C45). */
class RecordBytesTest {
  static Stream<RequestRecord> requests() {
    return Stream.of(
        new RequestRecord(
            Instant.EPOCH,
            "",
            "",
            "",
            "",
            "",
            "",
            Optional.empty(),
            RouteName.NONE,
            "",
            "",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            UpstreamName.NONE,
            Duration.ZERO,
            Duration.ZERO,
            400,
            "",
            "",
            0,
            Duration.ZERO,
            new TraceContext("a", "", "b", "c", "00")),
        new RequestRecord(
            Instant.parse("2026-11-28T12:00:00.123456789Z"),
            "3f",
            "api",
            "HTTP/2.0",
            "2001:db8::1",
            "demo-web",
            "production",
            Optional.of(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")),
            new RouteName("production", "articles", "POST /{id}", "POST /articles/{id}"),
            "POST",
            "/articles/" + "ü€😀".repeat(20_000),
            List.of(new Injected("auth-userId", "1"), new Injected("auth-username", "K%C3%A4the")),
            List.of("Config-Theme"),
            List.of(new Removed("auth-userid", "auth"), new Removed("X-Original-URL", "")),
            List.of(new Missing("notes-count", List.of("POST /notes", "PUT /notes/{id}"))),
            List.of("articles-last"),
            List.of("auth-role", "x"),
            new UpstreamName("http://shop:9001 at ::1", "shop", 9001, "::1"),
            Duration.ofNanos(1),
            Duration.ofNanos(Long.MAX_VALUE),
            599,
            "session-field-required",
            "The session lacks notes-count.",
            Long.MAX_VALUE,
            Duration.ofHours(30),
            new TraceContext(
                "0af7651916cd43dd8448eb211c80319c",
                "b7ad6b7169203331",
                "00f067aa0ba902b7",
                "00f067aa0ba902b8",
                "01")));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void readBackItIsTheSame(RequestRecord request) {
    byte[] kept = RecordBytes.of(request);
    assertEquals(request, RecordBytes.read(kept));
    assertTrue(RecordBytes.isOf(kept, request.requestId()));
    assertFalse(RecordBytes.isOf(kept, request.requestId() + "0"));
  }
}
