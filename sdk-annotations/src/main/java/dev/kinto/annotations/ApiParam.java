package dev.kinto.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter of a call: apidoc's {@code @apiParam}. If one in the path is declared, all of them
 * must be (contract C11).
 */
@Documented
@Repeatable(ApiParam.List.class)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface ApiParam {
  /**
   * {@code Url}, {@code QueryString} or {@code Body}. Empty means {@code Url} where the path has a
   * parameter of this name, and {@code Body} otherwise.
   */
  String group() default "";

  /** The type as apidoc writes it, for instance {@code Number{1..}} (C4), or a word of your own. */
  String type() default "String";

  /** The name, for instance {@code id}, or {@code user.name} for a part of an object. */
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
    ApiParam[] value();
  }
}
