package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.ignite.cluster.ClusterState;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A grid from which sessions can be read but not saved, for a while (contract C27, C36). */
@Timeout(120)
class GridReadOnlyTest {
  @AutoClose private RawUpstream upstream;
  @AutoClose private TestGateway gateway;
  private String token;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    upstream = RawUpstream.start();
    gateway =
        TestGateway.in(folder)
            .service(
                TestManifest.of("m")
                    .route("GET /write")
                    .writes("m-user")
                    .route("GET /read")
                    .mayRead("m-user")
                    .build(),
                upstream.uri())
            .start();
    token = gateway.token();
  }

  @Test
  void callsThatSaveNothingGoOnAndTheOthersAre503UntilItIsOver() throws IOException {
    assertEquals(200, write("before").status());
    gateway.grid().cluster().state(ClusterState.ACTIVE_READ_ONLY);

    assertEquals("before", read());
    RawAnswer refused = write("lost");
    assertEquals("grid-unavailable", refused.code(), refused.toString());
    assertTrue(refused.json().path("upstreamCalled").booleanValue(), refused.toString());
    assertEquals("before", read());
    assertEquals("grid-unavailable", gateway.send("DELETE /auth", token).code());
    assertEquals("grid-unavailable", gateway.send("PUT /auth", token).code());

    gateway.grid().cluster().state(ClusterState.ACTIVE);
    assertEquals("before", read(), "nothing of what was refused is there now");
    assertEquals(200, write("after").status());
    assertEquals("after", read());
  }

  /** C24: a session whose renewal cannot be saved would end sooner than promised. */
  @Test
  void callOfASessionThatWantsRenewalIs503AndNothingIsCalled() throws IOException {
    gateway.grid().cluster().state(ClusterState.ACTIVE_READ_ONLY);
    gateway.clock().advance(Duration.ofMinutes(10));

    RawAnswer answer = gateway.send("GET /m/read", token);
    assertEquals("grid-unavailable", answer.code(), answer.toString());
    assertFalse(answer.json().has("upstreamCalled"), answer.toString());
    assertEquals(0, upstream.received().size());
  }

  private RawAnswer write(String value) throws IOException {
    upstream.reset();
    upstream.answers("HTTP/1.1 200 OK\r\nm-user: " + value + "\r\nContent-Length: 0\r\n\r\n");
    return gateway.send("GET /m/write", token);
  }

  private String read() throws IOException {
    upstream.reset();
    assertEquals(200, gateway.send("GET /m/read", token).status());
    return upstream.take().header("m-user").orElse("");
  }
}
