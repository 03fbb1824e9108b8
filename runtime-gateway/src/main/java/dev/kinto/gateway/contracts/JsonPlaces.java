package dev.kinto.gateway.contracts;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where each value of a JSON text stands. The tree that a manifest is read from forgets it, so the
 * text is read a second time, and only if something was found in it.
 */
final class JsonPlaces {
  private static final JsonMapper JSON = JsonMapper.shared();
  private final String file;
  private final List<String> lines;
  private final Map<String, Value> values = new HashMap<>();

  /** The pointers of the lists and objects around the value that is being read. */
  private final Deque<String> around = new ArrayDeque<>();

  /** For each list that was asked for, the pointers of its items by what they are called. */
  private final Map<String, Map<String, String>> items = new HashMap<>();

  /** A value: its first character's line and column, its width, and its text if it is one. */
  private record Value(int line, int column, int length, @Nullable String text) {}

  private JsonPlaces(String file, String json) {
    this.file = file;
    this.lines = json.lines().toList();
  }

  /** Reads the text as far as it is JSON. */
  static JsonPlaces of(String file, String json) {
    JsonPlaces places = new JsonPlaces(file, json);
    try (JsonParser parser = JSON.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue() || token.isStructStart()) {
          places.add(parser, token);
        } else if (token.isStructEnd()) {
          places.around.pop();
        }
      }
    } catch (JacksonException notJson) {
      TokenStreamLocation at = notJson.getLocation();
      if (at != null) {
        places.values.put("", new Value(at.getLineNr(), at.getColumnNr(), 1, null));
      }
    }
    return places;
  }

  /** What is named twice is found where it stands first, as by who reads the list. */
  private Map<String, String> index(String list) {
    Map<String, String> index = new HashMap<>();
    for (int i = 0; has(list + '/' + i); i++) {
      String item = list + '/' + i;
      String name =
          list.equals("/routes")
              ? text(item + "/method") + ' ' + text(item + "/path")
              : text(item + "/field");
      index.putIfAbsent(name, item);
    }
    return index;
  }

  /**
   * The pointer to an item of a list.
   *
   * @param name a route's method and path, or a field's name
   * @return null if there is none
   */
  @Nullable String item(String list, String name) {
    return items.computeIfAbsent(list, this::index).get(name);
  }

  private void add(JsonParser parser, JsonToken token) {
    TokenStreamLocation at = parser.currentTokenLocation();
    TokenStreamContext context = parser.streamReadContext();
    String pointer = pointer(token.isStructStart() ? context.getParent() : context);
    if (token.isStructStart()) {
      around.push(pointer);
    }
    String text = token.isScalarValue() ? parser.getString() : null;
    int length =
        token == JsonToken.VALUE_STRING ? quotedLength(at) : text == null ? 1 : text.length();
    values.put(pointer, new Value(at.getLineNr(), at.getColumnNr(), Math.max(1, length), text));
  }

  /**
   * The pointer (RFC 6901) of the value that a context is at. Jackson's own is built anew from the
   * root for each value, which took most of the time.
   */
  private String pointer(TokenStreamContext context) {
    if (context.inRoot()) {
      return "";
    }
    String last =
        context.inArray()
            ? String.valueOf(context.getCurrentIndex())
            : context.currentName().replace("~", "~0").replace("/", "~1");
    return around.getFirst() + '/' + last;
  }

  /** The width of a string in the source, with its quotes and escapes. */
  private int quotedLength(TokenStreamLocation at) {
    String line = line(at.getLineNr());
    int end = at.getColumnNr();
    while (end < line.length() && line.charAt(end) != '"') {
      end += line.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end + 1, line.length()) - at.getColumnNr() + 1;
  }

  /** The text at a pointer; empty if there is none. */
  String text(String pointer) {
    Value value = values.get(pointer);
    return value == null || value.text() == null ? "" : value.text();
  }

  boolean has(String pointer) {
    return values.containsKey(pointer);
  }

  /** The place of a pointer, or of the nearest thing around it that is there. */
  Place at(String pointer) {
    String present = pointer;
    while (!present.isEmpty() && !has(present)) {
      present = present.substring(0, Math.max(0, present.lastIndexOf('/')));
    }
    Value value = values.getOrDefault(present, new Value(1, 1, 1, null));
    return new Place(
        file, pointer, value.line(), value.column(), value.length(), line(value.line()));
  }

  private String line(int number) {
    return number <= lines.size() ? lines.get(number - 1) : "";
  }
}
