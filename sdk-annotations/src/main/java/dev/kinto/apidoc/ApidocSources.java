package dev.kinto.apidoc;

import dev.kinto.declaration.Contract;
import dev.kinto.declaration.FieldDeclaration;
import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Position;
import dev.kinto.declaration.RouteDeclaration;
import dev.kinto.declaration.Rule;
import dev.kinto.declaration.Text;
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
  private static final String UNKNOWN_LANGUAGE =
      "This file has tags of apidoc and is not read: its ending is none of those that the apidoc"
          + " tool knows. Name the file itself to have its /** comments */ read.";
  private static final String MACHINE_MADE =
      "Tags of apidoc stand here in a line that a machine made, and are passed over. Leave what is"
          + " generated out of the sources.";

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
      Optional<SourceFile> source = SourceFile.read(file);
      if (source.isPresent()) {
        reading.read(source.get(), sources.contains(file));
      }
    }
    reading.comments.forEach(reading::complete);
    reading.mistakes.addAll(reading.definitions.missing());
    return reading.contract(microservice);
  }

  /** A file that was named itself is read whatever its name. */
  private void read(SourceFile source, boolean named) {
    String file = source.file().toString();
    Optional<CommentSyntax> syntax = CommentSyntax.of(source.file());
    if (syntax.isEmpty() && !named) {
      UnreadTags.firstIn(file, source.lines())
          .map(at -> Rule.APIDOC_SOURCE.at(at, UNKNOWN_LANGUAGE))
          .ifPresent(mistakes::add);
      return;
    }
    int before = comments.size();
    List<SourceComment> found = syntax.orElse(CommentSyntax.SLASH_STAR).commentsIn(source.lines());
    found.stream()
        .filter(comment -> comment.isMachineMade(source.lines()))
        .findFirst()
        .map(comment -> Rule.APIDOC_SOURCE.at(comment.in(file).at(1, 1), MACHINE_MADE))
        .ifPresent(mistakes::add);
    found.stream()
        .filter(comment -> !comment.isMachineMade(source.lines()))
        .forEach(comment -> parse(new PlacedText(comment.text(), comment.in(file))));
    mistakes.addAll(UnreadTags.in(file, source.lines(), found));
    if (comments.subList(before, comments.size()).stream().anyMatch(ParsedComment::saysSomething)) {
      source.defect().ifPresent(mistakes::add);
    }
  }

  /** Definitions first: a comment may use one that a later file holds. */
  private void parse(PlacedText text) {
    ParsedComment parsed = new CommentParser(text, true).parse();
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
    comment.severalRoutes().ifPresent(mistakes::add);
    routes.addAll(comment.routes());
    if (comment.addresses().isEmpty() && comment.mistakes().isEmpty()) {
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
    Contract contract = contract(microservice, new SourcePosition("", 1, 1), routes, mistakes);
    List<Mistake> inOrder = new ArrayList<>(contract.mistakes());
    inOrder.sort(Comparator.comparing(mistake -> (SourcePosition) mistake.at()));
    return new Contract(contract.manifest(), inOrder.stream().distinct().toList());
  }

  /**
   * The contract of routes that apidoc's comments declare: a route that is documented twice is one,
   * and each has a name of its own.
   *
   * @param microservice whose routes these are
   * @param at where all of them stand
   * @param routes of all versions
   * @param mistakes those that were made before
   * @return the manifest, empty if there are errors, and all mistakes
   */
  public static Contract contract(
      MicroserviceName microservice,
      Position at,
      List<RouteDeclaration> routes,
      List<Mistake> mistakes) {
    List<Mistake> all = new ArrayList<>(mistakes);
    all.addAll(Contract.superseded(routes));
    List<RouteDeclaration> distinct = new RepeatedRoutes(all).resolve(Contract.current(routes));
    Contract checked = Contract.of(new Text(microservice.value(), at), distinct);
    all.addAll(checked.mistakes());
    boolean readable = all.stream().allMatch(mistake -> mistake.rule().warning());
    return new Contract(readable ? checked.manifest() : Optional.empty(), all);
  }
}
