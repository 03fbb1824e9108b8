package dev.kinto.client;

import java.util.List;

/** A session field that a route requires and the session lacks. Immutable. */
public final class MissingField {
  private final String name;
  private final List<String> providers;

  MissingField(String name, List<String> providers) {
    this.name = name;
    this.providers = List.copyOf(providers);
  }

  /** The field's name, for instance {@code auth-userId}. */
  public String name() {
    return name;
  }

  /** The routes that set it, for instance {@code POST /auth/login}; empty if none is known. */
  public List<String> providers() {
    return providers;
  }

  @Override
  public String toString() {
    return providers.isEmpty() ? name : name + " (from " + String.join(", ", providers) + ")";
  }
}
