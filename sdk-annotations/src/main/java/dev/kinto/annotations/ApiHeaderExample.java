package dev.kinto.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An example of request headers: apidoc's {@code @apiHeaderExample}. */
@Documented
@Repeatable(ApiHeaderExample.List.class)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface ApiHeaderExample {
  /** The example, of one or more lines. */
  String value();

  /** One line for people. */
  String title() default "";

  /** The language of the example. */
  String type() default "json";

  /** Holds several of them on one method. */
  @Documented
  @Retention(RetentionPolicy.CLASS)
  @Target(ElementType.METHOD)
  @interface List {
    /** The annotations, in the order of the source. */
    ApiHeaderExample[] value();
  }
}
