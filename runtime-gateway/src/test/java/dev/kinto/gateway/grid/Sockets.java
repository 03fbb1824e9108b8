package dev.kinto.gateway.grid;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sockets of a process, as Linux tells: by the numbers of its open files. */
public final class Sockets {
  /**
   * A socket.
   *
   * @param port its own
   * @param loopback whether only this machine reaches it
   */
  public record Opened(int port, boolean loopback) {}

  private Sockets() {}

  /** Those that wait for connections. */
  public static List<Opened> listening(long pid) throws IOException {
    return in(pid, List.of("tcp", "tcp6"), "0A"); // the kernel's TCP_LISTEN
  }

  /** Those that take datagrams. */
  public static List<Opened> datagrams(long pid) throws IOException {
    return in(pid, List.of("udp", "udp6"), "07"); // its TCP_CLOSE, which means no peer
  }

  private static List<Opened> in(long pid, List<String> tables, String state) throws IOException {
    Set<String> inodes;
    try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      inodes =
          files
              .map(Sockets::target)
              .filter(link -> link.startsWith("socket:["))
              .map(link -> link.substring(8, link.length() - 1))
              .collect(Collectors.toSet());
    }
    List<Opened> found = new ArrayList<>();
    for (String table : tables) {
      Path path = Path.of("/proc/net/" + table);
      for (String line : Files.exists(path) ? Files.readAllLines(path) : List.<String>of()) {
        String[] columns = line.strip().split(" +");
        if (columns[3].equals(state) && inodes.contains(columns[9])) {
          String[] address = columns[1].split(":");
          found.add(new Opened(HexFormat.fromHexDigits(address[1]), isLoopback(address[0])));
        }
      }
    }
    return found;
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ""; // closed in between
    }
  }

  /**
   * The kernel writes four bytes at a time, in the byte order of the machine: 127.0.0.0/8, the same
   * mapped into IPv6, and ::1.
   */
  private static boolean isLoopback(String address) {
    return address.endsWith("7F")
        ? address.length() == 8 || address.startsWith("0000000000000000FFFF0000")
        : address.equals("00000000000000000000000001000000");
  }
}
