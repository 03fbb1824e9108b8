package dev.kinto.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A request header of the route: apidoc's {@code @apiHeader}. With {@code group = "Session"} it is
 * a session field that the route reads; with {@code group = "Config"} a configuration value of the
 * environment (contract C9).
 */
@Documented
@Repeatable(ApiHeader.List.class)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface ApiHeader {
  /** {@code Header}, {@code Session} or {@code Config}. */
  String group() default "Header";

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
    ApiHeader[] value();
  }
}
