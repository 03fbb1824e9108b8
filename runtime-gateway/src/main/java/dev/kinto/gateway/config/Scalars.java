package dev.kinto.gateway.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How single values are written that are no texts. What an exception says is shown to the operator
 * and never quotes the value, which may be a secret in the wrong place (contract C43).
 */
final class Scalars {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(?: ?(KiB|MiB|GiB))?");
  private static final int MOST_PORT = 65535;

  /** What clocks and sockets count in. */
  private static final Duration LEAST = Duration.ofMillis(1);

  /** Far from where a number of nanoseconds would overflow. */
  private static final Duration MOST = Duration.ofDays(10_000);

  private Scalars() {}

  static Duration duration(String text) {
    try {
      Duration duration = Duration.parse(text);
      if (duration.compareTo(LEAST) >= 0 && duration.compareTo(MOST) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // said below, with the same words as for a negative one
    }
    throw new IllegalArgumentException(
        "a positive ISO-8601 duration is wanted, for instance PT30M or PT12H,"
            + " from a millisecond to 10000 days.");
  }

  /** A whole number. */
  static Function<String, Integer> number(int least) {
    return text ->
        number(text, least, Integer.MAX_VALUE, "a whole number from " + least + " is wanted.");
  }

  static int port(String text) {
    return number(
        text, 0, MOST_PORT, "a port from 1 to " + MOST_PORT + " is wanted, or 0 for any free one.");
  }

  private static int number(String text, int least, int most, String wanted) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below, with the same words as for one out of range
    }
    throw new IllegalArgumentException(wanted);
  }

  /** A number of bytes. */
  static Function<String, Long> size(long least, long most) {
    return text -> {
      Matcher size = SIZE.matcher(text);
      if (size.matches()) {
        long bytes = Long.parseLong(size.group(1)) * unit(size.group(2));
        if (bytes >= least && bytes <= most) {
          return bytes;
        }
      }
      throw new IllegalArgumentException(
          "a number of bytes from "
              + least
              + (most == Long.MAX_VALUE ? "" : " to " + most)
              + " is wanted, for instance 65536 or \"64 KiB\".");
    };
  }

  private static long unit(@Nullable String name) {
    return switch (name) {
      case "KiB" -> 1L << 10;
      case "MiB" -> 1L << 20;
      case "GiB" -> 1L << 30;
      case null, default -> 1;
    };
  }

  static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("true or false is wanted.");
    };
  }
}
