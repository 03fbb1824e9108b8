package types;

import dev.kinto.session.SessionField;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * The session fields that the routes of {@link Types.Reads} read and set.
 */
@Generated("dev.kinto.processor.KintoProcessor")
public final class Types_ReadsSession {
  public static final String GET_1ST = "get-1st";

  public static final String GET_CLASS = "get-class";

  public static final String GET_DOUBLE = "get-double";

  public static final String GET_FLAG = "get-flag";

  public static final String GET_LIST = "get-list";

  public static final String GET_LONG = "get-long";

  public static final String GET_OBJECT = "get-object";

  public static final String GET_RATIO = "get-ratio";

  public static final String GET_TEXT = "get-text";

  public static final String GET_USER_ID = "get-user-id";

  public static final String GET_USER_ID_FIELD_ = "get-user-id-field";

  public static final String GET_USER_ID_ = "get-userId";

  private static final SessionField GET_1ST_FIELD = SessionField.of(GET_1ST, "String");

  private static final SessionField GET_CLASS_FIELD = SessionField.of(GET_CLASS, "String").withDefault("größe");

  private static final SessionField GET_CLASS_FIELD_ = SessionField.of(GET_CLASS, "String");

  private static final SessionField GET_DOUBLE_FIELD = SessionField.of(GET_DOUBLE, "Number{0.5-1.5}");

  private static final SessionField GET_FLAG_FIELD = SessionField.of(GET_FLAG, "Boolean");

  private static final SessionField GET_LIST_FIELD = SessionField.of(GET_LIST, "Number[]");

  private static final SessionField GET_LONG_FIELD = SessionField.of(GET_LONG, "Number{1-10}");

  private static final SessionField GET_OBJECT_FIELD = SessionField.of(GET_OBJECT, "Object");

  private static final SessionField GET_RATIO_FIELD = SessionField.of(GET_RATIO, "Number").withDefault("0.5");

  private static final SessionField GET_TEXT_FIELD = SessionField.of(GET_TEXT, "String{2..5}");

  private static final SessionField GET_USER_ID_FIELD = SessionField.of(GET_USER_ID, "String");

  private static final SessionField GET_USER_ID_FIELD__FIELD = SessionField.of(GET_USER_ID_FIELD_, "String");

  private static final SessionField GET_USER_ID__FIELD = SessionField.of(GET_USER_ID_, "String");

  private Types_ReadsSession() {
  }

  /**
   * What {@code GET /types} reads.
   *
   * @param getText the session field {@code get-text}
   * @param getLong the session field {@code get-long}
   * @param getDouble the session field {@code get-double}
   * @param getRatio the session field {@code get-ratio}, {@code 0.5} unless set
   * @param getFlag the session field {@code get-flag}
   * @param getObject the session field {@code get-object}
   * @param getList the session field {@code get-list}
   * @param getClass_ ends *&#47; no comment, {&#64;code is} &lt;b&gt;no&lt;/b&gt; tag, &#92;u002a/ no escape: {@code get-class}, {@code größe} unless set
   */
  public record ATypeString(String getText, long getLong, Optional<Double> getDouble,
      double getRatio, boolean getFlag, String getObject, Optional<String> getList,
      String getClass_) {
    /**
     * Reads the fields from a request.
     *
     * @param lookup gives the value of a request header by name, or null
     * @throws dev.kinto.session.SessionValueException if a required one is absent, or one is
     *     not of its type
     */
    public static ATypeString read(Function<String, @Nullable String> lookup) {
      return new ATypeString(
          GET_TEXT_FIELD.requiredString(lookup),
          GET_LONG_FIELD.requiredLong(lookup),
          GET_DOUBLE_FIELD.optionalDouble(lookup),
          GET_RATIO_FIELD.requiredDouble(lookup),
          GET_FLAG_FIELD.requiredBoolean(lookup),
          GET_OBJECT_FIELD.requiredString(lookup),
          GET_LIST_FIELD.optionalString(lookup),
          GET_CLASS_FIELD.requiredString(lookup));
    }
  }

  /**
   * What <code>GET /a*&#47;b</code> reads.
   *
   * @param getUserId the session field {@code get-userId}
   * @param getUserId_ the session field {@code get-user-id}
   * @param get1st the session field {@code get-1st}
   * @param getUserIdField the session field {@code get-user-id-field}
   */
  public record String_(String getUserId, String getUserId_, String get1st, String getUserIdField) {
    /**
     * Reads the fields from a request.
     *
     * @param lookup gives the value of a request header by name, or null
     * @throws dev.kinto.session.SessionValueException if a required one is absent, or one is
     *     not of its type
     */
    public static String_ read(Function<String, @Nullable String> lookup) {
      return new String_(
          GET_USER_ID__FIELD.requiredString(lookup),
          GET_USER_ID_FIELD.requiredString(lookup),
          GET_1ST_FIELD.requiredString(lookup),
          GET_USER_ID_FIELD__FIELD.requiredString(lookup));
    }
  }

  /**
   * What {@code GET /clash} reads.
   *
   * @param getUserId the session field {@code get-userId}
   */
  public record String__(String getUserId) {
    /**
     * Reads the fields from a request.
     *
     * @param lookup gives the value of a request header by name, or null
     * @throws dev.kinto.session.SessionValueException if a required one is absent, or one is
     *     not of its type
     */
    public static String__ read(Function<String, @Nullable String> lookup) {
      return new String__(
          GET_USER_ID__FIELD.requiredString(lookup));
    }
  }

  /**
   * Sets what {@code PUT /types} may set, before the response is sent.
   */
  public static final class DefaultWriter {
    private final BiConsumer<String, String> setter;

    private DefaultWriter(BiConsumer<String, String> setter) {
      this.setter = setter;
    }

    /**
     * A writer to a response.
     *
     * @param setter sets a response header, given its name and value
     */
    public static DefaultWriter to(BiConsumer<String, String> setter) {
      return new DefaultWriter(setter);
    }

    /**
     * Sets {@code get-class}: what "get" gets.
     *
     * @throws dev.kinto.session.SessionValueException if the value is no {@code String}
     */
    public DefaultWriter getClass_(String value) {
      setter.accept(GET_CLASS, GET_CLASS_FIELD_.encode(value));
      return this;
    }

    /**
     * Removes {@code get-class} from the session.
     */
    public DefaultWriter clearGetClass() {
      setter.accept(GET_CLASS, "");
      return this;
    }

    /**
     * Sets {@code get-long}.
     *
     * @throws dev.kinto.session.SessionValueException if the value is no {@code Number{1-10}}
     */
    public DefaultWriter getLong(long value) {
      setter.accept(GET_LONG, GET_LONG_FIELD.encode(value));
      return this;
    }

    /**
     * Removes {@code get-long} from the session.
     */
    public DefaultWriter clearGetLong() {
      setter.accept(GET_LONG, "");
      return this;
    }

    /**
     * Sets {@code get-double}.
     *
     * @throws dev.kinto.session.SessionValueException if the value is no {@code Number{0.5-1.5}}
     */
    public DefaultWriter getDouble(double value) {
      setter.accept(GET_DOUBLE, GET_DOUBLE_FIELD.encode(value));
      return this;
    }

    /**
     * Removes {@code get-double} from the session.
     */
    public DefaultWriter clearGetDouble() {
      setter.accept(GET_DOUBLE, "");
      return this;
    }

    /**
     * Sets {@code get-flag}.
     *
     * @throws dev.kinto.session.SessionValueException if the value is no {@code Boolean}
     */
    public DefaultWriter getFlag(boolean value) {
      setter.accept(GET_FLAG, GET_FLAG_FIELD.encode(value));
      return this;
    }

    /**
     * Removes {@code get-flag} from the session.
     */
    public DefaultWriter clearGetFlag() {
      setter.accept(GET_FLAG, "");
      return this;
    }

    /**
     * Sets {@code get-list}.
     *
     * @throws dev.kinto.session.SessionValueException if the value is no {@code Number[]}
     */
    public DefaultWriter getList(String value) {
      setter.accept(GET_LIST, GET_LIST_FIELD.encode(value));
      return this;
    }

    /**
     * Removes {@code get-list} from the session.
     */
    public DefaultWriter clearGetList() {
      setter.accept(GET_LIST, "");
      return this;
    }

    /**
     * Sets {@code get-text}.
     *
     * @throws dev.kinto.session.SessionValueException if the value is no {@code String{2..5}}
     */
    public DefaultWriter getText(String value) {
      setter.accept(GET_TEXT, GET_TEXT_FIELD.encode(value));
      return this;
    }

    /**
     * Removes {@code get-text} from the session.
     */
    public DefaultWriter clearGetText() {
      setter.accept(GET_TEXT, "");
      return this;
    }
  }
}
