package shop.second;

import dev.kinto.session.SessionField;
import java.util.function.Function;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * The session fields that the routes of {@link Second} read and set.
 */
@Generated("dev.kinto.processor.KintoProcessor")
public final class SecondSession {
  public static final String AUTH_USER_ID = "auth-userId";

  private static final SessionField AUTH_USER_ID_FIELD = SessionField.of(AUTH_USER_ID, "Number");

  private SecondSession() {
  }

  /**
   * What {@code GET /mvc} reads.
   *
   * @param authUserId the session field {@code auth-userId}
   */
  public record Mvc(long authUserId) {
    /**
     * Reads the fields from a request.
     *
     * @param lookup gives the value of a request header by name, or null
     * @throws dev.kinto.session.SessionValueException if a required one is absent, or one is
     *     not of its type
     */
    public static Mvc read(Function<String, @Nullable String> lookup) {
      return new Mvc(
          AUTH_USER_ID_FIELD.requiredLong(lookup));
    }
  }
}
