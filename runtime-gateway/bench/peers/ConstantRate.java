import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls at a constant rate, and tells how late the answers are: each call has its time, and its
 * latency counts from that time, whether or not the connection was free to send it then. So a pause
 * is seen by all calls that it holds up (no "coordinated omission").
 *
 * <p>Arguments: port, path, file of tokens or "-", calls per second, connections, seconds that
 * count; a fifth of them go before, uncounted. Prints calls, and p50, p99 and p99.9 in
 * microseconds.
 */
class ConstantRate {
  private static final int PIECE = 1 << 16;

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    List<String> tokens = args[2].equals("-") ? List.of("") : Files.readAllLines(Path.of(args[2]));
    int connections = Integer.parseInt(args[4]);
    long period = (long) (1e9 / Double.parseDouble(args[3]));
    long counted = (long) (1e9 * Double.parseDouble(args[5]));
    long start = System.nanoTime() + 100_000_000;
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      List<Future<long[]>> all = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        byte[] request = request(port, args[1], tokens.get(i % tokens.size()));
        long first = start + i * period;
        Callable<long[]> calls =
            () ->
                call(
                    port,
                    request,
                    first,
                    period * connections,
                    start + counted / 5,
                    start + counted / 5 + counted);
        all.add(threads.submit(calls));
      }
      List<long[]> parts = new ArrayList<>();
      for (Future<long[]> each : all) {
        parts.add(each.get());
      }
      long[] latencies = parts.stream().flatMapToLong(Arrays::stream).sorted().toArray();
      System.out.printf(
          "%d %d %d %d%n",
          latencies.length, at(latencies, 0.5), at(latencies, 0.99), at(latencies, 0.999));
    }
  }

  private static long at(long[] sorted, double part) {
    return sorted[(int) (part * (sorted.length - 1))] / 1000;
  }

  private static byte[] request(int port, String path, String token) {
    String authorization = token.isEmpty() ? "" : "Kinto-Authorization: Bearer " + token + "\r\n";
    String head =
        "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n" + authorization + "\r\n";
    return head.getBytes(StandardCharsets.US_ASCII);
  }

  private static long[] call(int port, byte[] request, long first, long every, long from, long to)
      throws IOException {
    long[] latencies = new long[(int) ((to - from) / every) + 2];
    int count = 0;
    byte[] piece = new byte[PIECE];
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress("127.0.0.1", port));
      for (long due = first; due < to; due += every) {
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        socket.getOutputStream().write(request);
        readAnswer(socket.getInputStream(), piece);
        if (due >= from) {
          latencies[count++] = System.nanoTime() - due;
        }
      }
    }
    return Arrays.copyOf(latencies, count);
  }

  /** One answer with a Content-Length, small enough for the piece. */
  private static void readAnswer(InputStream in, byte[] piece) throws IOException {
    int have = 0;
    int want = Integer.MAX_VALUE;
    while (have < want) {
      int read = in.read(piece, have, piece.length - have);
      if (read < 0) {
        throw new IOException("the connection ended within an answer");
      }
      have += read;
      String text = new String(piece, 0, have, StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      if (want == Integer.MAX_VALUE && end >= 0) {
        if (!text.startsWith("HTTP/1.1 200 ")) {
          throw new IOException("answered " + text.substring(0, text.indexOf('\r')));
        }
        int at = text.toLowerCase().indexOf("content-length: ") + "content-length: ".length();
        want = end + 4 + Integer.parseInt(text.substring(at, text.indexOf('\r', at)).strip());
      }
    }
  }
}
