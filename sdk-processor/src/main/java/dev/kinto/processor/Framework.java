package dev.kinto.processor;

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
  /** Micronaut: {@code @Get} is named like its method, {@code @CustomHttpMethod} has it. */
  MICRONAUT(
      "io.micronaut.http.annotation.HttpMethodMapping",
      "method",
      "",
      "io.micronaut.http.annotation.Controller",
      "io.micronaut.http.client.annotation.Client");

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
   * @param client what makes of an interface one that calls others, and handles nothing
   */
  Framework(
      String marker, String verb, String pathAnnotation, String prefixAnnotation, String client) {
    this.marker = marker;
    this.verb = verb;
    this.pathAnnotation = pathAnnotation;
    this.prefixAnnotation = prefixAnnotation;
    this.client = client;
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

  String prefixAnnotation() {
    return prefixAnnotation;
  }

  String client() {
    return client;
  }
}
