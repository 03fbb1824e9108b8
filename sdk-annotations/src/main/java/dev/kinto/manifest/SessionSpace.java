package dev.kinto.manifest;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The names that belong to the session in one environment: everything that folds to {@code
 * <microservice>-<rest>} for a microservice of it, except registered HTTP fields in their
 * registered spelling (contract C2, C3, C30).
 *
 * <p>Where one microservice's prefix begins another's ({@code user}, {@code user-profile}), a name
 * belongs to the longest.
 */
public final class SessionSpace {
  private final Map<String, MicroserviceName> byPrefix = new HashMap<>();

  private final int longestPrefix;

  private SessionSpace(Collection<MicroserviceName> microservices) {
    microservices.forEach(name -> byPrefix.put(name.prefix(), name));
    longestPrefix = byPrefix.keySet().stream().mapToInt(String::length).max().orElse(0);
  }

  /** The session space of the given microservices. */
  public static SessionSpace of(Collection<MicroserviceName> microservices) {
    return new SessionSpace(microservices);
  }

  /** Whether an HTTP field of this name, in any spelling, is the session's and nobody else's. */
  public boolean contains(String httpFieldName) {
    return owner(httpFieldName).isPresent();
  }

  /** The microservice that owns the field, if the name is in the session space at all. */
  public Optional<MicroserviceName> owner(String httpFieldName) {
    // Names come from strangers and may be long. What no prefix reaches need not be looked at.
    for (int end = Math.min(longestPrefix, httpFieldName.length()); end > 1; end--) {
      if (FieldName.isDash(httpFieldName.charAt(end - 1))) {
        // A name that is only the prefix itself ("auth-") has no rest; it is kept out all the same.
        MicroserviceName owner = byPrefix.get(FieldName.fold(httpFieldName.substring(0, end)));
        if (owner != null) {
          return RegisteredFields.contains(httpFieldName) ? Optional.empty() : Optional.of(owner);
        }
      }
    }
    return Optional.empty();
  }
}
