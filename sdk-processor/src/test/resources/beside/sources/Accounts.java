package beside;

import org.mapstruct.Mapper;

/** A mapper of MapStruct. */
@Mapper
public abstract class Accounts {
  public abstract Named named(AccountForm form);

  Account account(AccountForm form) {
    return Account.of(form.getId(), named(form).name());
  }

  /** What the mapper makes of a form. */
  public record Named(String name) {}
}
