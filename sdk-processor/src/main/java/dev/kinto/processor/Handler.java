package dev.kinto.processor;

import dev.kinto.declaration.RouteDeclaration;

/**
 * A method that handles a route.
 *
 * @param route what its author declared
 * @param method the method's name
 * @param isStatic whether it needs no instance
 * @param helidon whether it is a Helidon SE handler: {@code (ServerRequest, ServerResponse)} (C14)
 * @param reach from where it may be called
 * @param at the method
 */
record Handler(
    RouteDeclaration route,
    String method,
    boolean isStatic,
    boolean helidon,
    Reach reach,
    ElementPosition at) {

  /** From where an element may be called: the narrowest of its own and its classes' modifiers. */
  enum Reach {
    /** Only within its class. */
    PRIVATE,
    /** Within its package. */
    PACKAGE,
    /** From everywhere. */
    PUBLIC;

    Reach narrowest(Reach other) {
      return compareTo(other) < 0 ? this : other;
    }
  }
}
