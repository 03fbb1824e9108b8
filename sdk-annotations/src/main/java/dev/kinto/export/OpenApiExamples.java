package dev.kinto.export;

import dev.kinto.json.JsonWriter;
import dev.kinto.manifest.Example;
import dev.kinto.manifest.FieldType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Examples as OpenAPI has them: values, with a summary. */
final class OpenApiExamples {
  private static final List<FieldType> JSON =
      List.of(
          FieldType.parse("Object"),
          FieldType.parse("Object[]"),
          FieldType.parse("String[]"),
          FieldType.parse("Number[]"));

  /** Many authors show the whole answer: {@code HTTP/1.1 200 OK} and the body below it. */
  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/\\d(?:\\.\\d)? ([1-5]\\d\\d)\\b[^\\n]*(?:\\n|$)");

  private OpenApiExamples() {}

  /** The status that an example of an answer begins with. */
  static Optional<String> status(Example example) {
    Matcher line = STATUS_LINE.matcher(example.content());
    return line.lookingAt() ? Optional.of(line.group(1)) : Optional.empty();
  }

  /** Writes the member {@code examples}, unless there are none. */
  static void write(JsonWriter json, List<Example> examples) {
    if (!examples.isEmpty()) {
      json.object(
          "examples",
          () -> {
            for (int i = 0; i < examples.size(); i++) {
              Example example = examples.get(i);
              json.object("example" + (i + 1), () -> write(json, example));
            }
          });
    }
  }

  private static void write(JsonWriter json, Example example) {
    json.textUnlessEmpty("summary", example.title());
    Matcher line = STATUS_LINE.matcher(example.content());
    String body = line.lookingAt() ? example.content().substring(line.end()) : example.content();
    if (JSON.stream().anyMatch(type -> type.mismatch(body).isEmpty())) {
      json.raw("value", body.strip());
    } else {
      json.text("value", body);
    }
  }
}
