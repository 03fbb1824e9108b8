package dev.kinto.gateway;

import java.lang.reflect.InvocationTargetException;

/**
 * What {@code java -jar kinto-gateway.jar} starts. It is compiled for Java 8, so that an older JDK
 * than the gateway needs can say which one that is; then {@code Main} goes on.
 */
public final class Launcher {
  private static final int NEEDED = 25;
  private static final int WRONG_USE = 2;

  private Launcher() {}

  /**
   * Runs the command line.
   *
   * @throws Exception what it throws
   */
  public static void main(String[] args) throws Exception {
    String version = System.getProperty("java.specification.version");
    if (feature(version) < NEEDED) {
      System.err.println(
          "Kinto Gateway needs Java "
              + NEEDED
              + " or newer, and this is Java "
              + version
              + " ("
              + System.getProperty("java.home")
              + "). Install a JDK "
              + NEEDED
              + " (https://adoptium.net), and start the gateway with its \"java\".");
      System.exit(WRONG_USE);
    }
    try {
      Class.forName("dev.kinto.gateway.Main")
          .getMethod("main", String[].class)
          .invoke(null, (Object) args);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception ? (Exception) e.getCause() : e;
    }
  }

  /** 8 of {@code 1.8}, as it was written until Java 8, and 17 of {@code 17}. */
  private static int feature(String version) {
    return Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
  }
}
