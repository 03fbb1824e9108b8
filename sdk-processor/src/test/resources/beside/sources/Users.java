package beside;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiBody;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.ApiSuccess;
import dev.kinto.annotations.Microservice;
import java.util.Map;
import lombok.Getter;
import lombok.RequiredArgsConstructor;

/** Lombok writes members of the class itself, and handlers mention what the others generate. */
@Microservice("users")
@RequiredArgsConstructor
@Getter
public class Users {
  private final AccountsImpl accounts;

  /** Renames the user. */
  @Api(method = "PUT", path = "/name")
  @ApiHeader(group = "Session", field = "auth-userId", type = "Number")
  @ApiBody(field = "name")
  @ApiSuccess(group = "Session", field = "users-name")
  public AutoValue_Account rename(Map<String, String> headers, AccountForm form) {
    long id = UsersSession.Rename.read(headers::get).authUserId();
    UsersSession.RenameWriter.to(headers::put).usersName(form.getName());
    Account account = getAccounts().account(form.withId(id));
    return (AutoValue_Account) account;
  }
}
