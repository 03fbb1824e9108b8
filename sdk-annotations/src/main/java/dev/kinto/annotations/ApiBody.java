package dev.kinto.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A part of the body of a call: apidoc's {@code @apiBody}. */
@Documented
@Repeatable(ApiBody.List.class)
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface ApiBody {
  /**
   * The type as apidoc writes it, for instance {@code String{2..80}} (C4), or a word of your own.
   */
  String type() default "String";

  /** The name, for instance {@code title}, or {@code user.name} for a part of an object. */
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
    ApiBody[] value();
  }
}
