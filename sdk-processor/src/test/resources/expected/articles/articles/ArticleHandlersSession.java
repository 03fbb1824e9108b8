package articles;

import dev.kinto.session.SessionField;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * The session fields that the routes of {@link ArticleHandlers} read and set.
 */
@Generated("dev.kinto.processor.KintoProcessor")
final class ArticleHandlersSession {
  static final String ARTICLES_LAST_ID = "articles-lastId";

  static final String AUTH_PLAN = "auth-plan";

  static final String AUTH_USER_ID = "auth-userId";

  static final String INDEX_URL = "indexUrl";

  private static final SessionField ARTICLES_LAST_ID_FIELD = SessionField.of(ARTICLES_LAST_ID, "Number");

  private static final SessionField AUTH_PLAN_FIELD = SessionField.of(AUTH_PLAN, "String=\"free\",\"pro\"").withDefault("free");

  private static final SessionField AUTH_USER_ID_FIELD = SessionField.of(AUTH_USER_ID, "Number");

  private ArticleHandlersSession() {
  }

  /**
   * What {@code POST /articles} (Publish an article) reads.
   *
   * @param authUserId logged in user id: {@code auth-userId}
   * @param authPlan the session field {@code auth-plan}, {@code free} unless set
   */
  record Publish(long authUserId, String authPlan) {
    /**
     * Reads the fields from a request.
     *
     * @param lookup gives the value of a request header by name, or null
     * @throws dev.kinto.session.SessionValueException if a required one is absent, or one is
     *     not of its type
     */
    static Publish read(Function<String, @Nullable String> lookup) {
      return new Publish(
          AUTH_USER_ID_FIELD.requiredLong(lookup),
          AUTH_PLAN_FIELD.requiredString(lookup));
    }
  }

  /**
   * Sets what {@code POST /articles} (Publish an article) may set, before the response is sent.
   */
  static final class PublishWriter {
    private final BiConsumer<String, String> setter;

    private PublishWriter(BiConsumer<String, String> setter) {
      this.setter = setter;
    }

    /**
     * A writer to a response.
     *
     * @param setter sets a response header, given its name and value
     */
    static PublishWriter to(BiConsumer<String, String> setter) {
      return new PublishWriter(setter);
    }

    /**
     * Sets {@code articles-lastId}.
     *
     * @throws dev.kinto.session.SessionValueException if the value is no {@code Number}
     */
    PublishWriter articlesLastId(long value) {
      setter.accept(ARTICLES_LAST_ID, ARTICLES_LAST_ID_FIELD.encode(value));
      return this;
    }

    /**
     * Removes {@code articles-lastId} from the session.
     */
    PublishWriter clearArticlesLastId() {
      setter.accept(ARTICLES_LAST_ID, "");
      return this;
    }
  }

  /**
   * Sets what {@code DELETE /articles/last} may set, before the response is sent.
   */
  static final class ForgetWriter {
    private final BiConsumer<String, String> setter;

    private ForgetWriter(BiConsumer<String, String> setter) {
      this.setter = setter;
    }

    /**
     * A writer to a response.
     *
     * @param setter sets a response header, given its name and value
     */
    static ForgetWriter to(BiConsumer<String, String> setter) {
      return new ForgetWriter(setter);
    }

    /**
     * Sets {@code articles-lastId}.
     *
     * @throws dev.kinto.session.SessionValueException if the value is no {@code Number}
     */
    ForgetWriter articlesLastId(long value) {
      setter.accept(ARTICLES_LAST_ID, ARTICLES_LAST_ID_FIELD.encode(value));
      return this;
    }

    /**
     * Removes {@code articles-lastId} from the session.
     */
    ForgetWriter clearArticlesLastId() {
      setter.accept(ARTICLES_LAST_ID, "");
      return this;
    }
  }
}
