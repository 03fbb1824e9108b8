package dev.kinto.gateway.http;

import java.util.List;

/**
 * What proxies have taken off the path before it came here, as {@code X-Forwarded-Prefix} says it.
 * It is put before paths that clients are sent to, so nothing else than a path passes.
 */
final class ForwardedPrefix {
  private static final String OTHERS = "-._~!$&'()*+=:@";

  private ForwardedPrefix() {}

  /**
   * The prefix as a whole.
   *
   * @param elements what each proxy took off, that of the client's side first
   * @return empty, or one or more segments that each follow a slash
   */
  static String of(List<String> elements) {
    StringBuilder prefix = new StringBuilder();
    for (String element : elements) {
      String path = element.endsWith("/") ? element.substring(0, element.length() - 1) : element;
      if (!path.isEmpty() && !isPath(path)) {
        return "";
      }
      prefix.append(path);
    }
    return prefix.toString();
  }

  private static boolean isPath(String path) {
    if (!path.startsWith("/")) {
      return false;
    }
    for (String segment : path.substring(1).split("/", -1)) {
      if (segment.isEmpty()
          || segment.equals(".")
          || segment.equals("..")
          || !segment.chars().allMatch(ForwardedPrefix::isPlain)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || OTHERS.indexOf(c) >= 0;
  }
}
