package dev.kinto.gateway.listen;

import dev.kinto.gateway.http1.RequestHead;
import dev.kinto.manifest.FieldName;

/**
 * Fuzz target: the bytes of a connection, requests with bodies one after the other. They must be
 * read the same however they are cut into pieces, and what is read must be unambiguous (contract
 * C35). How to run it: docs/hostile-input.md.
 */
public final class RequestFuzz {
  private RequestFuzz() {}

  /** Called by Jazzer for each input. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    WireReading whole = WireReading.whole(bytes);
    for (int size : new int[] {1, 3, 64}) {
      WireReading pieces = WireReading.inPiecesOf(size, bytes);
      if (!comparable(whole).equals(comparable(pieces))) {
        throw new AssertionError(whole + "\nin pieces of " + size + ": " + pieces);
      }
    }
    whole.heads().forEach(RequestFuzz::check);
  }

  /** Which of two faults is named first may depend on what has come. */
  private static String comparable(WireReading reading) {
    return reading.events().toString().replaceAll("refused [a-z-]+]$", "refused]");
  }

  private static void check(RequestHead head) {
    long hosts = head.lines().stream().filter(line -> line.lowerCaseName().equals("host")).count();
    boolean framedOnce =
        head.lines().stream()
                .filter(
                    line ->
                        line.lowerCaseName().equals("content-length")
                            || line.lowerCaseName().equals("transfer-encoding"))
                .count()
            <= 1;
    boolean namesAreTokens = head.lines().stream().allMatch(line -> FieldName.isToken(line.name()));
    boolean clean =
        head.lines().stream()
            .allMatch(line -> line.value().chars().noneMatch(RequestFuzz::isControl));
    boolean plainTarget = head.target().chars().allMatch(c -> c > 0x20 && c < 0x7F);
    if (hosts != 1 || !framedOnce || !namesAreTokens || !clean || !plainTarget) {
      throw new AssertionError(head.toString());
    }
  }

  private static boolean isControl(int c) {
    return (c < 0x20 && c != '\t') || c == 0x7F;
  }
}
