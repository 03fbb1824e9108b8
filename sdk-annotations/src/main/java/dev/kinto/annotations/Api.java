package dev.kinto.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A route: apidoc's {@code @api {method} path title}. Only declared routes are reachable. Where the
 * annotations of a framework name method and path already, they need not be repeated (contract
 * C15).
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Api {
  /** The HTTP method, for instance {@code GET}; empty where the framework's annotation names it. */
  String method() default "";

  /**
   * The path below the microservice, for instance {@code /articles/{id}}. {@code {x}} is one
   * segment, {@code {x*}}, which must come last, the rest (contract C11). Empty where the
   * framework's annotation names it.
   */
  String path() default "";

  /** One line for people. */
  String title() default "";
}
