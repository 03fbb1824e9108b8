package dev.kinto.apidoc;

import dev.kinto.declaration.Contract;
import dev.kinto.declaration.FieldDeclaration;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.RouteDeclaration;
import dev.kinto.declaration.Rule;
import dev.kinto.declaration.Text;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the routes of one microservice from the comments of its sources, in whatever language they
 * are written (contract C10, C41).
 */
public final class ApidocSources {
  private final Definitions definitions = new Definitions();
  private final List<ParsedComment> comments = new ArrayList<>();
  private final List<RouteDeclaration> routes = new ArrayList<>();
  private final List<Mistake> mistakes = new ArrayList<>();

  private ApidocSources() {}

  /**
   * Reads files and folders. The place of each mistake is a {@link SourcePosition}, and the
   * mistakes are in the order of the places.
   *
   * @param microservice whose routes these are
   * @param sources files, and folders that are searched for sources
   * @return the manifest, empty if there are errors, and the mistakes
   * @throws IOException if a source cannot be read
   */
  public static Contract read(MicroserviceName microservice, List<Path> sources)
      throws IOException {
    ApidocSources reading = new ApidocSources();
    Set<Path> files = new LinkedHashSet<>();
    for (Path source : sources) {
      files.addAll(SourceTree.files(source));
    }
    for (Path file : files) {
      for (SourceComment comment : SourceTree.comments(file)) {
        reading.parse(new PlacedText(comment.text(), comment.in(file.toString())));
      }
    }
    reading.comments.forEach(reading::complete);
    return reading.contract(microservice);
  }

  /** Definitions first: a comment may use one that a later file holds. */
  private void parse(PlacedText text) {
    ParsedComment parsed = new CommentParser(text).parse();
    comments.add(parsed);
    parsed.defines().flatMap(name -> definitions.add(name, parsed)).ifPresent(mistakes::add);
  }

  private void complete(ParsedComment parsed) {
    ApidocComment comment = definitions.complete(parsed);
    mistakes.addAll(comment.mistakes());
    if (parsed.defines().isPresent()) {
      definitions.complete(parsed.defines().get(), parsed, comment);
      return;
    }
    Optional<RouteDeclaration> route = comment.route();
    route.ifPresent(routes::add);
    if (route.isEmpty() && comment.mistakes().isEmpty()) {
      homelessField(comment).ifPresent(this::refuse);
    }
  }

  private static Optional<FieldDeclaration> homelessField(ApidocComment comment) {
    return comment.fields().stream()
        .filter(field -> Set.of("Session", "Config").contains(field.group().value()))
        .findFirst();
  }

  private void refuse(FieldDeclaration field) {
    mistakes.add(
        Rule.APIDOC_SYNTAX.at(
            field.field().at(),
            field.writtenAs()
                + " \""
                + field.field().value()
                + "\" belongs to no route. Put it into the comment that has the route's @api."));
  }

  private Contract contract(MicroserviceName microservice) {
    // A name that is one already breaks no rule: its place is never shown.
    Text name = new Text(microservice.value(), new SourcePosition("", 1, 1));
    Contract checked = Contract.of(name, routes);
    mistakes.addAll(checked.mistakes());
    mistakes.sort(Comparator.comparing(mistake -> (SourcePosition) mistake.at()));
    boolean readable = mistakes.stream().allMatch(mistake -> mistake.rule().warning());
    Optional<Manifest> manifest = readable ? checked.manifest() : Optional.empty();
    return new Contract(manifest, mistakes.stream().distinct().toList());
  }
}
