package dev.kinto.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The version of the route: apidoc's {@code @apiVersion}. Of several declarations of one route the
 * highest version counts.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface ApiVersion {
  /** Three numbers, as in {@code 1.6.2}. */
  String value();
}
