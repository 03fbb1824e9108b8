package dev.kinto.apidoc;

import dev.kinto.declaration.Text;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a comment says that its route is called.
 *
 * @param method in upper case
 * @param path in which {@code :id} became <code>{id}</code>
 * @param title what is said of it to people, or empty
 */
public record Address(Text method, Text path, String title) {
  private static final Pattern BETWEEN = Pattern.compile("[\\s/|,&]+(?:(?:OR|AND)\\s+)?");
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** Each method in the braces of {@code @api}, which may be several: <code>{get / post}</code>. */
  static List<Address> of(Text methods, Text path, String title) {
    String written = methods.value().toUpperCase(Locale.ROOT);
    List<String> each = BETWEEN.splitAsStream(written).toList();
    // What is no list of methods is one word that the rules refuse.
    return (METHODS.containsAll(each) ? each.stream().distinct() : Stream.of(written))
        .map(method -> new Address(methods.with(method), path, title))
        .toList();
  }

  @Override
  public String toString() {
    return method.value() + " " + path.value();
  }
}
