package auth;

import dev.kinto.session.SessionField;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * The session fields that the routes of {@link Logout} read and set.
 */
@Generated("dev.kinto.processor.KintoProcessor")
final class LogoutSession {
  static final String AUTH_PLAN = "auth-plan";

  static final String AUTH_USER_ID = "auth-userId";

  private static final SessionField AUTH_PLAN_FIELD = SessionField.of(AUTH_PLAN, "String").withDefault("free");

  private static final SessionField AUTH_USER_ID_FIELD = SessionField.of(AUTH_USER_ID, "Number{1..}");

  private static final SessionField AUTH_USER_ID_FIELD_ = SessionField.of(AUTH_USER_ID, "Number");

  private LogoutSession() {
  }

  /**
   * What {@code POST /logout} reads.
   *
   * @param authUserId logged in user id: {@code auth-userId}
   * @param authPlan what the user pays for: {@code auth-plan}, {@code free} unless set
   */
  record Goodbye(long authUserId, String authPlan) {
    /**
     * Reads the fields from a request.
     *
     * @param lookup gives the value of a request header by name, or null
     * @throws dev.kinto.session.SessionValueException if a required one is absent, or one is
     *     not of its type
     */
    static Goodbye read(Function<String, @Nullable String> lookup) {
      return new Goodbye(
          AUTH_USER_ID_FIELD.requiredLong(lookup),
          AUTH_PLAN_FIELD.requiredString(lookup));
    }
  }

  /**
   * Sets what {@code POST /logout} may set, before the response is sent.
   */
  static final class GoodbyeWriter {
    private final BiConsumer<String, String> setter;

    private GoodbyeWriter(BiConsumer<String, String> setter) {
      this.setter = setter;
    }

    /**
     * A writer to a response.
     *
     * @param setter sets a response header, given its name and value
     */
    static GoodbyeWriter to(BiConsumer<String, String> setter) {
      return new GoodbyeWriter(setter);
    }

    /**
     * Sets {@code auth-userId}: empty afterwards.
     *
     * @throws dev.kinto.session.SessionValueException if the value is no {@code Number}
     */
    GoodbyeWriter authUserId(long value) {
      setter.accept(AUTH_USER_ID, AUTH_USER_ID_FIELD_.encode(value));
      return this;
    }

    /**
     * Removes {@code auth-userId} from the session.
     */
    GoodbyeWriter clearAuthUserId() {
      setter.accept(AUTH_USER_ID, "");
      return this;
    }
  }
}
