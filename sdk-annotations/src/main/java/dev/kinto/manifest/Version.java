package dev.kinto.manifest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a route: apidoc's {@code @apiVersion}, three numbers as semantic versioning writes
 * them, for instance {@code 1.6.2} or {@code 2.0.0-rc.1}. Of several declarations of one route the
 * highest version counts.
 *
 * @param major the first number
 * @param minor the second
 * @param patch the third
 * @param preRelease what stands behind the dash, or empty: a pre-release is lower than its release
 */
public record Version(int major, int minor, int patch, String preRelease)
    implements Comparable<Version> {

  /** What a route has whose author says nothing: apidoc's own default. */
  public static final Version NONE = new Version(0, 0, 0, "");

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})(?:-([0-9A-Za-z.-]{1,40}))?");

  /** Reads a version; empty if the text is none. */
  public static Optional<Version> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Version(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3)),
            matcher.group(4) == null ? "" : matcher.group(4)));
  }

  /** Orders as semantic versioning 2.0.0, section 11, does. */
  @Override
  public int compareTo(Version other) {
    if (major != other.major) {
      return Integer.compare(major, other.major);
    }
    if (minor != other.minor) {
      return Integer.compare(minor, other.minor);
    }
    if (patch != other.patch) {
      return Integer.compare(patch, other.patch);
    }
    if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
      return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
    }
    return comparePreReleases(preRelease.split("\\.", -1), other.preRelease.split("\\.", -1));
  }

  private static int comparePreReleases(String[] one, String[] other) {
    for (int i = 0; i < Math.min(one.length, other.length); i++) {
      int order = compareIdentifiers(one[i], other[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.length, other.length);
  }

  private static int compareIdentifiers(String one, String other) {
    boolean number = isNumber(one);
    if (number != isNumber(other)) {
      return number ? -1 : 1;
    }
    // Numbers without leading zeros: the longer is the greater.
    return number && one.length() != other.length()
        ? Integer.compare(one.length(), other.length())
        : one.compareTo(other);
  }

  private static boolean isNumber(String identifier) {
    return !identifier.isEmpty() && identifier.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch + (preRelease.isEmpty() ? "" : "-" + preRelease);
  }
}
