package dev.kinto.client;

import static dev.kinto.client.FakeGateway.problem;
import static dev.kinto.client.KintoClientTest.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gateway that says when to ask for a token again is not asked before (C22, C39). */
final class RetryAfterTest {
  @AutoClose private final FakeGateway gateway = new FakeGateway();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);
  private final KintoClient kinto = gateway.client().nanoClock(nanos::get).build();

  private void refuse(int status, String retryAfter) {
    gateway.auth = request -> problem(status, "rate-limited").with("Retry-After", retryAfter);
  }

  private long secondsOfRefusal() {
    return assertThrows(ProblemException.class, () -> get(kinto, "a/x")).retryAfterSeconds();
  }

  @ParameterizedTest
  @CsvSource({"429, 7, 7", "503, 1, 1", "429, 86400, 60"})
  void callsFailAtOnceUntilTheGatewayMayBeAskedAgain(int status, String said, int pause)
      throws IOException {
    refuse(status, said);
    for (int call = 0; call < 20; call++) {
      assertEquals(Long.parseLong(said), secondsOfRefusal());
    }
    assertEquals(1, gateway.count("POST /auth"));

    gateway.auth = request -> null;
    nanos.addAndGet(Duration.ofSeconds(pause).toNanos() - 1);
    secondsOfRefusal();
    assertEquals(1, gateway.count("POST /auth"));

    nanos.incrementAndGet();
    assertEquals("hello", get(kinto, "a/x"));
    assertEquals(2, gateway.count("POST /auth"));
  }

  @ParameterizedTest
  @CsvSource({"429, soon", "429, 0", "503, -1", "500, 7", "401, 7"})
  void whatIsNoPauseIsNone(int status, String said) {
    refuse(status, said);
    assertEquals(0, secondsOfRefusal());
    assertEquals(0, secondsOfRefusal());
    assertEquals(2, gateway.count("POST /auth"));
  }

  /** The calls of the session that is there need no new token. */
  @Test
  void aSessionThatIsThereGoesOn() throws IOException {
    get(kinto, "a/x");
    refuse(429, "60");
    assertEquals("hello", get(kinto, "a/x"));
    gateway.endSession("token-1");
    assertThrows(ProblemException.class, () -> get(kinto, "a/x"));
    assertThrows(ProblemException.class, () -> get(kinto, "a/x"));
    assertEquals(2, gateway.count("POST /auth"));
  }
}
