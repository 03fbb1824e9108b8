package dev.kinto.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field of the successful answer: apidoc's {@code @apiSuccess}. With {@code group = "Session"} it
 * is a session field that the route sets; its name begins with the microservice's own and a dash
 * (contract C1, C9).
 */
@Documented
@Repeatable(ApiSuccess.List.class)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface ApiSuccess {
  /** A status code, or {@code Session}. */
  String group() default "200";

  /** The type as apidoc writes it, for instance {@code String{2..5}} or {@code Number} (C4). */
  String type() default "String";

  /** The name, for instance {@code auth-userId}. */
  String field();

  /** Whether it may be absent. */
  boolean optional() default false;

  /** The value that stands for an absent optional one; empty means none. */
  String defaultValue() default "";

  /** What it is, for people. */
  String description() default "";

  /** Holds several of them on one method. */
  @Documented
  @Retention(RetentionPolicy.CLASS)
  @Target(ElementType.METHOD)
  @interface List {
    /** The annotations, in the order of the source. */
    ApiSuccess[] value();
  }
}
