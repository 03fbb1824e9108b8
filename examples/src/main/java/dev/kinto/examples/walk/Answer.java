package dev.kinto.examples.walk;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.List;
import okhttp3.Headers;

/** An answer that has been read and shown, and can be held against what was to be expected. */
record Answer(int status, Headers headers, String body) {

  void expectStatus(int expected) {
    expect("status " + expected, status == expected);
  }

  void expectProblem(int expectedStatus, String code) {
    expectStatus(expectedStatus);
    expect("the problem " + code, text("code").equals(code));
  }

  void expect(String what, boolean found) {
    if (!found) {
      throw new UnexpectedAnswerException("expected " + what + ". Found: " + status + " " + body);
    }
  }

  JsonObject json() {
    try {
      JsonElement json = JsonParser.parseString(body);
      expect("a JSON object", json.isJsonObject());
      return json.getAsJsonObject();
    } catch (JsonParseException e) {
      throw new UnexpectedAnswerException("expected JSON. Found: " + body);
    }
  }

  /** A member of the body; empty if it is absent. */
  String text(String member) {
    JsonElement value = json().get(member);
    return value == null ? "" : value.getAsString();
  }

  List<String> headersBeginningWith(String prefix) {
    return headers.names().stream().filter(name -> startsWith(name, prefix)).toList();
  }

  private static boolean startsWith(String name, String prefix) {
    return name.regionMatches(true, 0, prefix, 0, prefix.length());
  }
}
