package dev.kinto.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.session.SessionValueException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The accessors of {@code good/types}, loaded and used (contract C5 to C7, C13). */
class GeneratedAccessorsTest {
  private static Class<?> accessors;

  @BeforeAll
  static void compile() throws ClassNotFoundException {
    accessors =
        Compiled.of(Sources.javaFilesIn("good/types"))
            .loader()
            .loadClass("types.Types_ReadsSession");
  }

  @Test
  void readsEachFieldAsItsTypeInTheOrderOfDeclaration() throws Throwable {
    assertEquals(
        "ATypeString[getText=50 €, getLong=7, getDouble=Optional[0.75], getRatio=0.5, getFlag=true,"
            + " getObject={\"a\":1}, getList=Optional[[1,2]], getClass_=größe]",
        read(with("get-double", "0.75", "get-list", "[1,2]")).toString());
  }

  @Test
  void anAbsentOptionalFieldIsEmptyOrItsDefault() throws Throwable {
    String read = read(with()).toString();
    assertTrue(read.contains("getDouble=Optional.empty"), read);
    assertTrue(read.contains("getList=Optional.empty"), read);
    assertTrue(read.contains("getRatio=0.5"), read);
    assertTrue(read.contains("getClass_=größe"), read);
  }

  @Test
  void aValueOfTheSessionWinsOverTheDefault() throws Throwable {
    assertTrue(read(with("get-class", "a%25b")).toString().contains("getClass_=a%b"));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "absent",
      value = {
        "get-long, absent",
        "get-long, ''",
        "get-long, seven",
        "get-long, 11",
        "get-long, 1.5",
        "get-double, 2.0",
        "get-flag, yes",
        "get-object, [1]",
        "get-list, '[\"a\"]'",
        "get-text, a",
        "get-text, %FF%FE",
      })
  void aReadOfWhatTheDeclarationRulesOutNamesTheField(String field, String value) {
    SessionValueException refusal =
        assertThrows(SessionValueException.class, () -> read(with(field, value)));
    assertEquals(field, refusal.field());
  }

  @Test
  void writesTheWireForm() throws Throwable {
    assertEquals(Map.of("get-class", "50 %E2%82%AC 100%25"), write("getClass_", "50 € 100%"));
    assertEquals(Map.of("get-class", "%20x%20"), write("getClass_", " x "));
    assertEquals(Map.of("get-long", "10"), write("getLong", 10L));
    assertEquals(Map.of("get-double", "1.25"), write("getDouble", 1.25));
    assertEquals(Map.of("get-flag", "false"), write("getFlag", false));
    assertEquals(Map.of("get-list", "[1]"), write("getList", "[1]"));
  }

  @Test
  void clearingWritesTheEmptyValue() throws Throwable {
    assertEquals(Map.of("get-long", ""), write("clearGetLong"));
  }

  @Test
  void aWriteOfWhatTheDeclarationRulesOutIsRefused() {
    assertThrows(SessionValueException.class, () -> write("getLong", 11L));
    assertThrows(SessionValueException.class, () -> write("getDouble", 1.75));
    assertThrows(SessionValueException.class, () -> write("getDouble", Double.NaN));
    assertThrows(SessionValueException.class, () -> write("getText", "abcdef"));
    assertThrows(SessionValueException.class, () -> write("getText", "  "));
    assertThrows(SessionValueException.class, () -> write("getList", "[\"a\"]"));
  }

  @Test
  void acceptsOnlyTheDeclaredFields() throws ClassNotFoundException {
    assertEquals(
        "clearGetClass clearGetDouble clearGetFlag clearGetList clearGetLong clearGetText getClass_"
            + " getDouble getFlag getList getLong getText to",
        Arrays.stream(nested("DefaultWriter").getDeclaredMethods())
            .filter(method -> !method.isSynthetic())
            .map(Method::getName)
            .sorted()
            .reduce((a, b) -> a + " " + b)
            .orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "'@ApiHeader(group = \"Session\", field = \"auth-userId\")', none, List",
        "none, '@ApiSuccess(group = \"Session\", field = \"notes-last\")', AddWriter",
      })
  void aMicroserviceThatOnlyReadsOrOnlyWritesGetsNoEmptyTypes(
      String ofList, String ofAdd, String expected) throws ClassNotFoundException {
    assertEquals(List.of(expected), nestedNames(notes(ofList, ofAdd)));
  }

  @Test
  void aMicroserviceWithoutSessionFieldsGetsNoAccessors() {
    assertEquals(
        Set.of("META-INF/kinto/classes.properties", "META-INF/kinto/notes.json"),
        notes(null, null).generated().keySet());
  }

  private static Compiled notes(@Nullable String ofList, @Nullable String ofAdd) {
    return Compiled.of(
        "Notes.java",
        """
        import dev.kinto.annotations.*;
        @Microservice("notes")
        interface Notes {
          @Api(method = "GET", path = "/notes") %s void list();
          @Api(method = "POST", path = "/notes") %s void add();
        }
        """
            .formatted(
                Objects.requireNonNullElse(ofList, ""), Objects.requireNonNullElse(ofAdd, "")));
  }

  private static List<String> nestedNames(Compiled compiled) throws ClassNotFoundException {
    return Arrays.stream(compiled.loader().loadClass("NotesSession").getDeclaredClasses())
        .map(Class::getSimpleName)
        .toList();
  }

  @Test
  void constantsNameTheFields() throws ReflectiveOperationException {
    assertEquals("get-text", accessors.getField("GET_TEXT").get(null));
  }

  /** A request with all the required fields, and some changes; null takes a field away. */
  private static Map<String, String> with(String... changes) {
    Map<String, String> headers = new HashMap<>();
    headers.put("get-flag", "true");
    headers.put("get-long", "7");
    headers.put("get-object", "{\"a\":1}");
    headers.put("get-text", "50 %E2%82%AC");
    for (int i = 0; i < changes.length; i += 2) {
      headers.put(changes[i], changes[i + 1]);
    }
    return headers;
  }

  private static Object read(Map<String, String> headers) throws Throwable {
    Function<String, String> lookup = headers::get;
    return invoke(nested("ATypeString").getMethod("read", Function.class), null, lookup);
  }

  private static Map<String, String> write(String name, Object... values) throws Throwable {
    Map<String, String> headers = new HashMap<>();
    BiConsumer<String, String> setter = headers::put;
    Class<?> type = nested("DefaultWriter");
    Object writer = invoke(type.getMethod("to", BiConsumer.class), null, setter);
    Method method =
        Arrays.stream(type.getMethods())
            .filter(candidate -> candidate.getName().equals(name))
            .findFirst()
            .orElseThrow();
    assertEquals(writer, invoke(method, writer, values));
    return headers;
  }

  private static Class<?> nested(String name) throws ClassNotFoundException {
    return accessors.getClassLoader().loadClass(accessors.getName() + "$" + name);
  }

  private static Object invoke(Method method, Object on, Object... arguments) throws Throwable {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
