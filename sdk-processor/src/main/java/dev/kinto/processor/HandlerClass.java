package dev.kinto.processor;

import com.palantir.javapoet.ClassName;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Text;
import java.util.List;

/**
 * A class or interface with routes, as its author declared it, unchecked.
 *
 * @param name the class
 * @param typeParameters how many type parameters it has
 * @param reach from where it is visible
 * @param isAbstract whether it has no instances of its own
 * @param microservice what {@code @Microservice} says
 * @param handlers the routes, in the order of the source
 * @param mistakes what the reader saw already
 * @param recalled whether it was compiled before, and is no part of this compilation
 */
record HandlerClass(
    ClassName name,
    int typeParameters,
    Handler.Reach reach,
    boolean isAbstract,
    Text microservice,
    List<Handler> handlers,
    List<Mistake> mistakes,
    boolean recalled) {

  /** Copies the lists. */
  HandlerClass {
    handlers = List.copyOf(handlers);
    mistakes = List.copyOf(mistakes);
  }

  /** The same with some of its handlers only. */
  HandlerClass withHandlers(List<Handler> some) {
    return new HandlerClass(
        name, typeParameters, reach, isAbstract, microservice, some, mistakes, recalled);
  }

  /** Whether a method of this name handles a route. */
  boolean handles(String method) {
    return handlers.stream().anyMatch(handler -> handler.method().equals(method));
  }

  /** The handlers that Helidon can call. */
  List<Handler> helidonHandlers() {
    return handlers.stream().filter(Handler::helidon).toList();
  }
}
