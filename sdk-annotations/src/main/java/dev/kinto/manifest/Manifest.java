package dev.kinto.manifest;

import java.util.List;

/**
 * The routes of one microservice, generated from annotations or apidoc comments and read by the
 * gateway (contract C12). {@link #toJson()} is its file form; docs/manifest.md describes it.
 *
 * @param microservice whose routes these are
 * @param routes sorted by path and method
 */
public record Manifest(MicroserviceName microservice, List<Route> routes) {

  /** The version of the file format, its {@code "manifestVersion"}. */
  public static final int VERSION = 1;

  /** Where a jar holds manifests: {@code META-INF/kinto/<microservice>.json}. */
  public static final String JAR_FOLDER = "META-INF/kinto/";

  /** Where a running microservice shows its manifest. */
  public static final String WELL_KNOWN_PATH = "/.well-known/kinto-manifest.json";

  /** Copies and sorts the routes. */
  public Manifest {
    routes = routes.stream().sorted().toList();
  }

  /** The name of the manifest's file in a jar. */
  public String resourceName() {
    return JAR_FOLDER + microservice + ".json";
  }

  /**
   * The manifest as JSON text: sorted, with {@code \n} line ends, the same for the same routes on
   * every machine. Non-ASCII characters are written as themselves; write it as UTF-8.
   */
  public String toJson() {
    return ManifestWriter.write(this);
  }
}
