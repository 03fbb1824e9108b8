package dev.kinto.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vocabulary's shape of a name, and the names that C3 forbids. */
class MicroserviceNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "auth", "user-profile", "a1-2b", "content", "xray", "security", "kintohub"})
  void goodNames(String name) {
    assertEquals(name + "-", new MicroserviceName(name).prefix());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "A", "1a", "-a", "a-", "a--b", "a_b", "a.b", "a b", " a", "a\n", "ä", "a/b", "a-B"
      })
  void otherShapesAreRefused(String name) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new MicroserviceName(name));
    assertTrue(refused.getMessage().contains("\"" + name + "\""), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kinto",
        "x",
        "sec",
        "proxy",
        "access-control",
        "x-forwarded",
        "kinto-admin",
        "sec-fetch",
        "proxy-a",
        "access-control-allow"
      })
  void namesThatWouldOwnTheWebsFieldsAreRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> new MicroserviceName(name));
  }

  @Test
  void theFirstWordAloneOfAForbiddenNameIsAllowed() {
    assertEquals("access", new MicroserviceName("access").value());
  }

  @Test
  void aNameIsAsLongAsLeavesRoomForAField() {
    String name = "a" + "-b".repeat(62) + "b";
    assertEquals(126, name.length());
    assertEquals(name, new MicroserviceName(name).value());
    assertThrows(IllegalArgumentException.class, () -> new MicroserviceName(name + "b"));
  }

  @Test
  void aNameThatIsFarTooLongIsRefusedByItsLengthAndNotShownWhole() {
    String name = "a" + "-b".repeat(200_000);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new MicroserviceName(name));
    assertTrue(refused.getMessage().contains("Found 400001"), refused.getMessage());
    assertTrue(refused.getMessage().length() < 1_000);
  }
}
