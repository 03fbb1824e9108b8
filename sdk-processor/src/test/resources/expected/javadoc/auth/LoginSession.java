package auth;

import dev.kinto.session.SessionField;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * The session fields that the routes of {@link Login} read and set.
 */
@Generated("dev.kinto.processor.KintoProcessor")
public final class LoginSession {
  public static final String AUTH_USER_ID = "auth-userId";

  public static final String AUTH_USERNAME = "auth-username";

  private static final SessionField AUTH_USER_ID_FIELD = SessionField.of(AUTH_USER_ID, "Number");

  private static final SessionField AUTH_USER_ID_FIELD_ = SessionField.of(AUTH_USER_ID, "String");

  private static final SessionField AUTH_USERNAME_FIELD = SessionField.of(AUTH_USERNAME, "String");

  private LoginSession() {
  }

  /**
   * Sets what {@code POST /login} (Log in) may set, before the response is sent.
   */
  public static final class LoginWriter {
    private final BiConsumer<String, String> setter;

    private LoginWriter(BiConsumer<String, String> setter) {
      this.setter = setter;
    }

    /**
     * A writer to a response.
     *
     * @param setter sets a response header, given its name and value
     */
    public static LoginWriter to(BiConsumer<String, String> setter) {
      return new LoginWriter(setter);
    }

    /**
     * Sets {@code auth-userId}: logged in user id.
     *
     * @throws dev.kinto.session.SessionValueException if the value is no {@code Number}
     */
    public LoginWriter authUserId(long value) {
      setter.accept(AUTH_USER_ID, AUTH_USER_ID_FIELD.encode(value));
      return this;
    }

    /**
     * Removes {@code auth-userId} from the session.
     */
    public LoginWriter clearAuthUserId() {
      setter.accept(AUTH_USER_ID, "");
      return this;
    }

    /**
     * Sets {@code auth-username}: name of the logged in user.
     *
     * @throws dev.kinto.session.SessionValueException if the value is no {@code String}
     */
    public LoginWriter authUsername(String value) {
      setter.accept(AUTH_USERNAME, AUTH_USERNAME_FIELD.encode(value));
      return this;
    }

    /**
     * Removes {@code auth-username} from the session.
     */
    public LoginWriter clearAuthUsername() {
      setter.accept(AUTH_USERNAME, "");
      return this;
    }
  }

  /**
   * What {@code GET /users/{id}/avatar} (The picture of a user) reads.
   *
   * @param authUserId logged in user id: {@code auth-userId}
   * @param authUsername name of the logged in user: {@code auth-username}
   */
  public record Avatar(String authUserId, Optional<String> authUsername) {
    /**
     * Reads the fields from a request.
     *
     * @param lookup gives the value of a request header by name, or null
     * @throws dev.kinto.session.SessionValueException if a required one is absent, or one is
     *     not of its type
     */
    public static Avatar read(Function<String, @Nullable String> lookup) {
      return new Avatar(
          AUTH_USER_ID_FIELD_.requiredString(lookup),
          AUTH_USERNAME_FIELD.optionalString(lookup));
    }
  }
}
