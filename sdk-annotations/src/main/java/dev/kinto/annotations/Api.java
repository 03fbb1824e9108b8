package dev.kinto.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A route: apidoc's {@code @api {method} path title}. Only declared routes are reachable. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Api {
  /** The HTTP method, for instance {@code GET}. */
  String method();

  /**
   * The path below the microservice, for instance {@code /articles/{id}}. {@code {x}} is one
   * segment, {@code {x*}}, which must come last, the rest (contract C11).
   */
  String path();

  /** One line for people. */
  String title() default "";
}
