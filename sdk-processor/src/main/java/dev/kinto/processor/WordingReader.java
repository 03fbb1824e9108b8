package dev.kinto.processor;

import dev.kinto.apidoc.ApidocComment;
import dev.kinto.declaration.Text;
import dev.kinto.declaration.Wording;
import dev.kinto.manifest.Example;
import dev.kinto.manifest.Example.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a route says to people: annotations first, then the Javadoc (contract C8, C10). */
final class WordingReader {
  private static final Map<String, Subject> EXAMPLES =
      Map.of(
          "ApiExample", Subject.USAGE,
          "ApiHeaderExample", Subject.HEADER,
          "ApiParamExample", Subject.PARAMETER,
          "ApiSuccessExample", Subject.SUCCESS,
          "ApiErrorExample", Subject.ERROR);

  private final List<Annotation> annotations;
  private final Optional<Annotation> api;
  private final Differences differences;

  WordingReader(List<Annotation> annotations, Optional<Annotation> api, Differences differences) {
    this.annotations = annotations;
    this.api = api;
    this.differences = differences;
  }

  Wording read(ApidocComment comment) {
    Wording said = comment.wording();
    String description = words("description", valueOf("ApiDescription"), said.description());
    return new Wording(
        words("title", api.map(given -> given.text("title")), said.title()),
        words("group", valueOf("ApiGroup").map(Text::joined), said.group()),
        description.isEmpty() ? comment.introduction() : description,
        version(said),
        permissions(said.permissions()),
        deprecation(said.deprecation()),
        examples(said.examples()));
  }

  private Optional<Text> valueOf(String annotation) {
    return Annotation.named(annotation, annotations).map(given -> given.text("value"));
  }

  private String words(String what, Optional<Text> written, String said) {
    written.ifPresent(words -> differences.check(what, words, said));
    return written.map(Text::value).filter(words -> !words.isEmpty()).orElse(said);
  }

  private Optional<Text> version(Wording said) {
    Optional<Text> written = valueOf("ApiVersion");
    words("version", written, said.version().map(Text::value).orElse(""));
    return written.or(said::version);
  }

  /** Permissions have no names of fields: both lists are one. */
  private List<String> permissions(List<String> said) {
    List<String> permissions = new ArrayList<>();
    annotations.stream()
        .filter(given -> given.name().equals("ApiPermission"))
        .forEach(given -> permissions.add(given.text("value").joined().value()));
    permissions.addAll(said);
    return permissions;
  }

  private Optional<String> deprecation(Optional<String> said) {
    Optional<Text> written = valueOf("ApiDeprecated");
    String words = words("deprecation", written, said.orElse(""));
    return written.isPresent() || said.isPresent() ? Optional.of(words) : Optional.empty();
  }

  private List<Example> examples(List<Example> said) {
    List<Example> examples = new ArrayList<>();
    for (Annotation given : annotations) {
      Subject subject = EXAMPLES.get(given.name());
      if (subject != null) {
        examples.add(
            new Example(
                subject,
                given.text("title").value(),
                given.text("type").value(),
                given.text("value").value().stripTrailing()));
      }
    }
    said.stream().filter(example -> !examples.contains(example)).forEach(examples::add);
    return examples;
  }
}
