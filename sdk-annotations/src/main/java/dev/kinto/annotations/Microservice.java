package dev.kinto.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the microservice that the routes of a class, or of all classes of a package, belong to. The
 * session fields that it may set begin with this name and a dash (contract C1).
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.PACKAGE})
public @interface Microservice {
  /** The name: {@code [a-z][a-z0-9]*(-[a-z0-9]+)*}. */
  String value();
}
