package beside;

import com.google.auto.value.AutoValue;

/** A value of AutoValue. */
@AutoValue
public abstract class Account {
  public abstract long id();

  public abstract String name();

  public static Account of(long id, String name) {
    return new AutoValue_Account(id, name);
  }
}
