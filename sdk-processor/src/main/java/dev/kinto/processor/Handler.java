package dev.kinto.processor;

import dev.kinto.declaration.RouteDeclaration;
import java.util.List;

/**
 * A method that handles a route.
 *
 * @param route what its author declared
 * @param method the method's name
 * @param isStatic whether it needs no instance
 * @param helidon whether it is a Helidon SE handler: {@code (ServerRequest, ServerResponse)} (C14)
 * @param reach from where it may be called
 * @param at the method
 * @param key the method with its class, and with its parameters
 * @param inherits the methods that it overrides, by their keys
 * @param conditions what its framework tells it apart by from others of its method and path
 * @param named whether its author named the route
 * @param accessible whether accessors are due; else they are those of the class that it inherits
 *     from
 */
record Handler(
    RouteDeclaration route,
    String method,
    boolean isStatic,
    boolean helidon,
    Reach reach,
    ElementPosition at,
    String key,
    List<String> inherits,
    String conditions,
    boolean named,
    boolean accessible) {

  /** Copies the list. */
  Handler {
    inherits = List.copyOf(inherits);
  }

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
