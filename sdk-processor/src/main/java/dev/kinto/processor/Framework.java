package dev.kinto.processor;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/**
 * A framework whose annotations name a handler's method and path (contract C15), and how it writes
 * them. Known by the annotations' qualified names: the processor depends on none.
 */
enum Framework {
  /** JAX-RS: {@code @GET} carries {@code @HttpMethod}, and so may anybody's. */
  JAKARTA_REST(
      "jakarta.ws.rs.HttpMethod",
      "value",
      "jakarta.ws.rs.Path",
      "jakarta.ws.rs.Path",
      "org.eclipse.microprofile.rest.client.inject.RegisterRestClient"),
  /** Helidon declarative, which is like JAX-RS. */
  HELIDON(
      "io.helidon.http.Http.HttpMethod",
      "value",
      "io.helidon.http.Http.Path",
      "io.helidon.http.Http.Path",
      "io.helidon.webclient.api.RestClient.Endpoint"),
  /** Spring MVC and WebFlux: {@code @GetMapping} is a {@code @RequestMapping} of one method. */
  SPRING(
      "org.springframework.web.bind.annotation.RequestMapping",
      "method",
      "",
      "org.springframework.web.bind.annotation.RequestMapping",
      "org.springframework.cloud.openfeign.FeignClient"),
  /** Spring's {@code @GetExchange}, which controllers handle and other interfaces call. */
  SPRING_EXCHANGE(
      "org.springframework.web.service.annotation.HttpExchange",
      "method",
      "",
      "org.springframework.web.service.annotation.HttpExchange",
      ""),
  /** Micronaut: {@code @Get} is named like its method, {@code @CustomHttpMethod} has it. */
  MICRONAUT(
      "io.micronaut.http.annotation.HttpMethodMapping",
      "method",
      "",
      "io.micronaut.http.annotation.Controller",
      "io.micronaut.http.client.annotation.Client");

  /** The attributes of a mapping that tell handlers of one method and path apart. */
  static final List<String> CONDITIONS =
      List.of(
          "consumes",
          "produces",
          "params",
          "headers",
          "version",
          "processes",
          "contentType",
          "accept");

  private static final String CONTROLLER = "org.springframework.stereotype.Controller";

  private final String marker;
  private final String verb;
  private final String pathAnnotation;
  private final String prefixAnnotation;
  private final String client;

  /**
   * A line of the table.
   *
   * @param marker the annotation that makes a method a handler, or another annotation to one that
   *     does
   * @param verb the attribute that names the HTTP method, on the marker or on what it marks
   * @param pathAnnotation what names the path; empty: the same that makes it a handler
   * @param prefixAnnotation what names the prefix on the class
   * @param client what makes of an interface one that calls others, and handles nothing; empty:
   *     whatever is no controller
   */
  Framework(
      String marker, String verb, String pathAnnotation, String prefixAnnotation, String client) {
    this.marker = marker;
    this.verb = verb;
    this.pathAnnotation = pathAnnotation;
    this.prefixAnnotation = prefixAnnotation;
    this.client = client;
  }

  /** Whether annotations of people's own may carry its annotations. */
  private boolean isComposable() {
    return isSpring() || this == MICRONAUT;
  }

  /** Whether paths are written as Spring reads them. */
  boolean isSpring() {
    return this == SPRING || this == SPRING_EXCHANGE;
  }

  /** How many annotations may stand between a method and the marker. */
  int depth() {
    return isComposable() ? Integer.MAX_VALUE : 1;
  }

  /** How many annotations may stand between a class and its prefix. */
  int prefixDepth() {
    return isComposable() ? Integer.MAX_VALUE : 0;
  }

  /** Annotations beside the handler's that tell handlers of one method and path apart. */
  List<String> conditionAnnotations() {
    return switch (this) {
      case JAKARTA_REST -> List.of("jakarta.ws.rs.Consumes", "jakarta.ws.rs.Produces");
      case HELIDON -> List.of("io.helidon.http.Http.Consumes", "io.helidon.http.Http.Produces");
      case SPRING, SPRING_EXCHANGE -> List.of();
      case MICRONAUT ->
          List.of("io.micronaut.http.annotation.Consumes", "io.micronaut.http.annotation.Produces");
    };
  }

  /** Whether a method has annotations of JAX-RS, so that it inherits none (section 3.6). */
  boolean concerns(ExecutableElement method) {
    return anyOn(method).isPresent();
  }

  /** An annotation of JAX-RS on the method or a parameter of it. */
  Optional<Annotation> anyOn(ExecutableElement method) {
    if (this != JAKARTA_REST) {
      return Optional.empty();
    }
    return Stream.concat(Stream.of(method), method.getParameters().stream())
        .flatMap(
            element ->
                element.getAnnotationMirrors().stream()
                    .map(mirror -> Annotation.foreign(mirror, element)))
        .filter(given -> given.qualifiedName().startsWith("jakarta.ws.rs."))
        .findFirst();
  }

  String marker() {
    return marker;
  }

  String verb() {
    return verb;
  }

  String pathAnnotation() {
    return pathAnnotation;
  }

  /** What may name the prefix; of Spring's two kinds either, for methods of both. */
  List<String> prefixAnnotations() {
    return isSpring()
        ? List.of(SPRING.prefixAnnotation, SPRING_EXCHANGE.prefixAnnotation)
        : List.of(prefixAnnotation);
  }

  /** Whether the mapped methods of a type call others, and handle nothing. */
  boolean isClient(TypeElement type) {
    return this == SPRING_EXCHANGE
        ? Carried.on(type, CONTROLLER, Integer.MAX_VALUE).isEmpty()
        : Annotation.foreign(client, type).isPresent();
  }
}
