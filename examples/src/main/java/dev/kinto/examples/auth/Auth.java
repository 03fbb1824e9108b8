package dev.kinto.examples.auth;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiBody;
import dev.kinto.annotations.ApiError;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.ApiSuccess;
import dev.kinto.annotations.Microservice;
import dev.kinto.annotations.RotatesToken;
import dev.kinto.examples.ExampleServer;
import dev.kinto.examples.Json;
import dev.kinto.examples.RequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Logs users in and out. The annotations say which session fields a route reads and sets; from them
 * the compiler makes {@code AuthSession} (typed access to just these fields), {@code AuthRoutes}
 * (for Helidon), and the manifest that the gateway goes by.
 */
@Microservice("auth")
final class Auth {
  private record User(String userId, String username) {}

  private record Credentials(@Nullable String username, @Nullable String password) {}

  private record Account(User user, String password) {}

  private static final List<Account> ACCOUNTS =
      List.of(
          new Account(new User("1", "KintoUser"), "secret"),
          new Account(new User("2", "Ada"), "lovelace"),
          new Account(new User("3", "Zoë"), "zoe"));

  public static void main(String... args) {
    ExampleServer.start("auth", new AuthRoutes(new Auth()), args);
  }

  /**
   * Checks the password and remembers the user in the session. The token from before is dead then,
   * so that nobody gets into the session who knew it.
   */
  @RotatesToken
  @Api(method = "POST", path = "/login", title = "Log in")
  @ApiSuccess(group = "Session", field = "auth-userId", description = "id of the user")
  @ApiSuccess(group = "Session", field = "auth-username", description = "name of the user")
  @ApiBody(field = "username")
  @ApiBody(field = "password")
  @ApiSuccess(field = "userId")
  @ApiSuccess(field = "username")
  @ApiError(group = "401", field = "error", description = "what was wrong")
  void login(ServerRequest request, ServerResponse response) {
    Credentials given = Json.read(request, Credentials.class);
    for (Account account : ACCOUNTS) {
      User user = account.user();
      if (user.username().equals(given.username()) && account.password().equals(given.password())) {
        // The gateway keeps these two and removes them from the answer. From now on it sends them
        // with each request of this session to every route that declares to read them.
        AuthSession.LoginWriter.to(response::header)
            .authUserId(user.userId())
            .authUsername(user.username());
        Json.send(response, user);
        return;
      }
    }
    Json.sendError(response, 401, "unknown user or wrong password");
  }

  /** Forgets the user. The session itself goes on. Optional: no value comes from here. */
  @Api(method = "POST", path = "/logout", title = "Log out")
  @ApiSuccess(group = "Session", field = "auth-userId", optional = true, description = "removed")
  @ApiSuccess(group = "Session", field = "auth-username", optional = true, description = "removed")
  void logout(ServerRequest request, ServerResponse response) {
    AuthSession.LogoutWriter.to(response::header).clearAuthUserId().clearAuthUsername();
    response.status(204).send();
  }

  @Api(method = "GET", path = "/me", title = "Who is logged in")
  @ApiHeader(group = "Session", field = "auth-userId", description = "id of the user")
  @ApiHeader(group = "Session", field = "auth-username", description = "name of the user")
  @ApiSuccess(field = "userId")
  @ApiSuccess(field = "username")
  void me(ServerRequest request, ServerResponse response) {
    // Both are required: without them the gateway would have answered itself.
    AuthSession.Me session = AuthSession.Me.read(RequestHeaders.of(request));
    Json.send(response, new User(session.authUserId(), session.authUsername()));
  }
}
