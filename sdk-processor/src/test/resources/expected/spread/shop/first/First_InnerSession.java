package shop.first;

import dev.kinto.session.SessionField;
import java.util.Optional;
import java.util.function.Function;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * The session fields that the routes of {@link First.Inner} read and set.
 */
@Generated("dev.kinto.processor.KintoProcessor")
public final class First_InnerSession {
  public static final String SHOP_WINDOW_BASKET = "shop-window-basket";

  private static final SessionField SHOP_WINDOW_BASKET_FIELD = SessionField.of(SHOP_WINDOW_BASKET, "Object");

  private First_InnerSession() {
  }

  /**
   * What {@code OPTIONS /inner/{id}/options} reads.
   *
   * @param shopWindowBasket the session field {@code shop-window-basket}
   */
  public record Options(Optional<String> shopWindowBasket) {
    /**
     * Reads the fields from a request.
     *
     * @param lookup gives the value of a request header by name, or null
     * @throws dev.kinto.session.SessionValueException if a required one is absent, or one is
     *     not of its type
     */
    public static Options read(Function<String, @Nullable String> lookup) {
      return new Options(
          SHOP_WINDOW_BASKET_FIELD.optionalString(lookup));
    }
  }
}
