package documented;

import dev.kinto.session.SessionField;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * The session fields that the routes of {@link Users} read and set.
 */
@Generated("dev.kinto.processor.KintoProcessor")
final class UsersSession {
  static final String AUTH_USER_ID = "auth-userId";

  static final String USERS_LAST_ID = "users-lastId";

  private static final SessionField AUTH_USER_ID_FIELD = SessionField.of(AUTH_USER_ID, "Number{1..}");

  private static final SessionField USERS_LAST_ID_FIELD = SessionField.of(USERS_LAST_ID, "Number");

  private UsersSession() {
  }

  /**
   * What {@code PUT /users/{id}} (Change a user) reads.
   *
   * @param authUserId the session field {@code auth-userId}
   */
  record Change(long authUserId) {
    /**
     * Reads the fields from a request.
     *
     * @param lookup gives the value of a request header by name, or null
     * @throws dev.kinto.session.SessionValueException if a required one is absent, or one is
     *     not of its type
     */
    static Change read(Function<String, @Nullable String> lookup) {
      return new Change(
          AUTH_USER_ID_FIELD.requiredLong(lookup));
    }
  }

  /**
   * Sets what {@code PUT /users/{id}} (Change a user) may set, before the response is sent.
   */
  static final class ChangeWriter {
    private final BiConsumer<String, String> setter;

    private ChangeWriter(BiConsumer<String, String> setter) {
      this.setter = setter;
    }

    /**
     * A writer to a response.
     *
     * @param setter sets a response header, given its name and value
     */
    static ChangeWriter to(BiConsumer<String, String> setter) {
      return new ChangeWriter(setter);
    }

    /**
     * Sets {@code users-lastId}.
     *
     * @throws dev.kinto.session.SessionValueException if the value is no {@code Number}
     */
    ChangeWriter usersLastId(long value) {
      setter.accept(USERS_LAST_ID, USERS_LAST_ID_FIELD.encode(value));
      return this;
    }

    /**
     * Removes {@code users-lastId} from the session.
     */
    ChangeWriter clearUsersLastId() {
      setter.accept(USERS_LAST_ID, "");
      return this;
    }
  }
}
