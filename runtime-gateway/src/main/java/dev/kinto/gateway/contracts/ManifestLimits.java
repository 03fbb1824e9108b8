package dev.kinto.gateway.contracts;

/**
 * What a manifest may ask of who reads it (contract C42).
 *
 * @param routes its most routes
 * @param fields the most session fields and configuration values of one route
 * @param search the most places that may have to be looked at to find the route of a request
 * @param problems after how many problems no more are looked for
 */
public record ManifestLimits(int routes, int fields, int search, int problems) {

  /** An operator's own file is read as it is. */
  public static final ManifestLimits OWN =
      new ManifestLimits(
          Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

  /** What somebody else shows must not cost the others much. */
  public static final ManifestLimits PULLED = new ManifestLimits(5_000, 256, 500, 1_000);
}
