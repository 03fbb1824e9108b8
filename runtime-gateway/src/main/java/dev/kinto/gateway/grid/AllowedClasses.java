package dev.kinto.gateway.grid;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The classes whose objects a message to this process may hold (contract C38). They stand in {@code
 * allowed-classes.txt}, which says how they were found. Others are not even loaded.
 *
 * <p>Ignite reads objects by three ways of its own, and no guard stands on all of them:
 *
 * <ul>
 *   <li>Java's own serialisation, which discovery uses, asks the JVM's filter.
 *   <li>Ignite's two formats ask a filter of Ignite's, of which a system property names the list.
 *       But to that list Ignite adds some 2,500 classes of its own and the JDK's; hence {@code
 *       refused-classes.txt}, which are those less the allowed ones. And a class that a message
 *       names by its name, instead of its number, is loaded without the filter.
 *   <li>All three load classes by the class loader that a node was given: ours knows the list.
 * </ul>
 */
final class AllowedClasses extends ClassLoader {
  private static final System.Logger LOG = System.getLogger(AllowedClasses.class.getName());
  private static final String FOLDER = "dev/kinto/gateway/grid/";
  private static final String ALLOWED = FOLDER + "allowed-classes.txt";
  private static final String REFUSED = FOLDER + "refused-classes.txt";

  /** So many are told of; whoever sends more of them does not fill the log. */
  private static final int MOST_TOLD = 100;

  private static final Set<String> NAMES = read();

  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /** A class loader for a node. */
  AllowedClasses() {
    super(AllowedClasses.class.getClassLoader());
  }

  /**
   * Makes the list the JVM's and Ignite's. Ignite and Helidon both want to set the JVM's filter,
   * and the second one fails. Ours comes before both, and ends in {@code !*} as Helidon demands.
   */
  static void prepareJvm() {
    if (ObjectInputFilter.Config.getSerialFilter() == null) {
      ObjectInputFilter.Config.setSerialFilter(
          ObjectInputFilter.Config.createFilter(String.join(";", NAMES) + ";!*"));
    }
    System.setProperty("IGNITE_ENABLE_OBJECT_INPUT_FILTER_AUTOCONFIGURATION", "false");
    System.setProperty("IGNITE_MARSHALLER_WHITELIST", ALLOWED);
    System.setProperty("IGNITE_MARSHALLER_BLACKLIST", REFUSED);
  }

  private static Set<String> read() {
    try (InputStream in =
        Objects.requireNonNull(
            AllowedClasses.class.getClassLoader().getResourceAsStream(ALLOWED))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && line.charAt(0) != '#')
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the list. */
  static Set<String> names() {
    return NAMES;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!NAMES.contains(name)) {
      if (told.size() < MOST_TOLD && told.add(name)) {
        LOG.log(
            Level.WARNING,
            "A message to the grid names the class {0}, which is not on the list of those that"
                + " may be read. It was not read.",
            name);
      }
      throw new ClassNotFoundException(name + " is not on the list of the grid's classes");
    }
    return super.loadClass(name, resolve);
  }
}
