package beside;

import lombok.Value;
import lombok.With;

/** A value of Lombok. */
@Value
public class AccountForm {
  @With long id;
  String name;
}
