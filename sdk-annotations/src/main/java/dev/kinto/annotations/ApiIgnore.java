package dev.kinto.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The method is no route, whatever else stands on it: apidoc's {@code @apiIgnore}. For handlers of
 * a framework that are not to be reached through the gateway, and for sub-resource locators of
 * JAX-RS, whose routes are declared where they end (contract C8, C15).
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface ApiIgnore {
  /** Why, for people. */
  String value() default "";
}
