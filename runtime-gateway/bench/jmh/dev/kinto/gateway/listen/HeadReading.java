package dev.kinto.gateway.listen;

import dev.kinto.gateway.config.ClientLimits;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading one head from a connection's bytes, as a call with a token and as a browser sends it.
 * Times are sampled, so that the median says little of what else the machine did. How to run it:
 * bench/head-reading.sh.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class HeadReading {
  private static final String TOKEN =
      "Kinto-Authorization: Bearer"
          + " k1.AAAAAAAAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBBBBBBBB.CCCCCCCCCCCCCCCCCCCCCC\r\n";

  @Param({"call", "browser"})
  public String kind = "call";

  private byte[] head = {};
  private ConnectionInput input;

  @Setup
  public void prepare() {
    String text =
        kind.equals("call")
            ? "GET /articles/articles HTTP/1.1\r\nHost: api.example.com\r\n" + TOKEN + "\r\n"
            : "GET /articles/articles?page=2 HTTP/1.1\r\n"
                + "Host: api.example.com\r\n"
                + "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101"
                + " Firefox/140.0\r\n"
                + "Accept: application/json, text/plain, */*\r\n"
                + "Accept-Language: en-US,en;q=0.5\r\n"
                + "Accept-Encoding: gzip, deflate, br, zstd\r\n"
                + "Referer: https://shop.example.com/\r\n"
                + "Origin: https://shop.example.com\r\n"
                + "DNT: 1\r\n"
                + "Connection: keep-alive\r\n"
                + "Sec-Fetch-Dest: empty\r\n"
                + "Sec-Fetch-Mode: cors\r\n"
                + "Sec-Fetch-Site: same-site\r\n"
                + TOKEN
                + "\r\n";
    head = text.getBytes(StandardCharsets.US_ASCII);
    input = new ConnectionInput(() -> head, ConnectionTimer.ofNone(), ClientLimits.DEFAULT, false);
  }

  @Benchmark
  public Object readHead() {
    return input.readHead(() -> {});
  }
}
