package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when somebody sets the machine's clock (contract C22, C24). */
class ClockStepTest {
  private static final Duration IDLE = Duration.ofMinutes(30);
  private static final int LIMIT = 10;

  @RegisterExtension
  private static final GatewayExtension gateway =
      GatewayExtension.of(
          (config, upstream) ->
              config
                  .service(TestManifest.of("m").route("GET /x").build(), upstream.uri())
                  .set("session.idleTimeout", IDLE.toString())
                  .set("session.unusedIdleTimeout", IDLE.toString())
                  .client("limited", "secret-of-limited")
                  .clientKey("requestLimit", Map.of("requests", LIMIT, "per", "PT1M")));

  private static final RawUpstream upstream = gateway.upstream();

  private static int call(String token) throws IOException {
    return gateway.get("/m/x", token).status();
  }

  /** Half of what a client may call, again and again, is never too much. */
  @ParameterizedTest
  @ValueSource(strings = {"-PT1H", "PT1H", "-P400D", "P400D"})
  void throttlesDoNotNotice(String step) throws IOException {
    String token = gateway.token("limited", "secret-of-limited");
    gateway.clock().set(Duration.parse(step));
    try {
      String later = step.startsWith("-") ? token : gateway.token("limited", "secret-of-limited");
      for (int minute = 0; minute < 5; minute++) {
        for (int i = 0; i < LIMIT / 2; i++) {
          assertEquals(200, call(later), step + ", minute " + minute);
        }
        gateway.clock().advance(Duration.ofMinutes(1));
      }
    } finally {
      gateway.clock().set(Duration.parse(step).negated());
    }
  }

  @Test
  void aClockThatIsSetBackEndsNoSessionEarly() throws IOException {
    String token = gateway.token();
    gateway.clock().set(Duration.ofHours(-1));
    gateway.clock().advance(IDLE.minusSeconds(1));

    assertEquals(200, call(token));
  }

  @Test
  void aClockThatIsSetForwardEndsSessionsEarlyByTheStepAtMost() throws IOException {
    Duration step = Duration.ofMinutes(10);
    String token = gateway.token();
    gateway.clock().set(step);
    gateway.clock().advance(IDLE.minus(step).minusSeconds(1));

    assertEquals(200, call(token));
  }

  /** Set back, used meanwhile, and set right again. */
  @Test
  void aClockThatIsSetRightAgainEndsNoSessionEarlyByMoreThanTheStep() throws IOException {
    Duration step = Duration.ofMinutes(20);
    String token = gateway.token();
    gateway.clock().set(step.negated());
    for (int i = 0; i < 4; i++) {
      gateway.clock().advance(Duration.ofMinutes(5));
      assertEquals(200, call(token));
    }
    gateway.clock().set(step);
    gateway.clock().advance(IDLE.minus(step).minusSeconds(1));

    assertEquals(200, call(token));
  }
}
