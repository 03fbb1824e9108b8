package dev.kinto.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field of an answer that reports an error: apidoc's {@code @apiError}. Such an answer sets no
 * session field (contract C28).
 */
@Documented
@Repeatable(ApiError.List.class)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface ApiError {
  /** A status code, or {@code 4xx}. */
  String group() default "400";

  /** The type as apidoc writes it, for instance {@code String} (C4), or a word of your own. */
  String type() default "String";

  /** The name, for instance {@code code}. */
  String field();

  /** Whether it may be absent. */
  boolean optional() default false;

  /** The value that stands for an absent one; empty means none. */
  String defaultValue() default "";

  /** What it is, for people. */
  String description() default "";

  /** Holds several of them on one method. */
  @Documented
  @Retention(RetentionPolicy.CLASS)
  @Target(ElementType.METHOD)
  @interface List {
    /** The annotations, in the order of the source. */
    ApiError[] value();
  }
}
