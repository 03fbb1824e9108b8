package dev.kinto.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which HTTP fields are the session's (contract C2, C3, C30). */
class SessionSpaceTest {
  private final SessionSpace space =
      SessionSpace.of(
          Stream.of("auth", "content", "user", "user-profile", "a")
              .map(MicroserviceName::new)
              .toList());

  @ParameterizedTest
  @CsvSource({
    "auth-userId, auth",
    "AUTH_USERID, auth",
    "Auth.userid, auth",
    "auth--x, auth",
    "auth-a-b-c, auth",
    "content-rating, content",
    "content_type, content",
    "Content.Length, content",
    "user-id, user",
    "user-profiles, user",
    "user-profile, user",
    "user-profile-photo, user-profile",
    "User_Profile_Photo, user-profile",
    "user_agent, user",
    "a-b, a"
  })
  void aFieldBelongsToTheLongestNameThatBeginsIt(String field, String owner) {
    assertEquals(Optional.of(new MicroserviceName(owner)), space.owner(field));
    assertTrue(space.contains(field));
  }

  @ParameterizedTest
  @CsvSource({
    "content-type",
    "Content-Type",
    "CONTENT-LENGTH",
    "User-Agent",
    "A-IM",
    "host",
    "auth",
    "authority-x",
    "xauth-userId",
    "-auth-x",
    "accept",
    "other-auth-x",
    "''"
  })
  void registeredAndForeignFieldsAreNobodys(String field) {
    assertEquals(Optional.empty(), space.owner(field));
    assertFalse(space.contains(field));
  }

  @Test
  void theBarePrefixIsKeptOutToo() {
    assertTrue(space.contains("auth-"));
    assertTrue(space.contains("auth_"));
  }

  @Test
  void anEnvironmentWithoutMicroservicesHasAnEmptySpace() {
    assertFalse(SessionSpace.of(List.of()).contains("auth-userId"));
  }
}
