package dev.kinto.apidoc;

import dev.kinto.declaration.Mistake;
import dev.kinto.declaration.Rule;
import dev.kinto.declaration.Text;
import dev.kinto.manifest.Version;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The comments with {@code @apiDefine}, whose content {@code @apiUse} takes over, by name and
 * version.
 *
 * <p>Who keeps the history of an API keeps older definitions too, as a rule in a file {@code
 * _apidoc.js}: of several the one with the highest version counts that is not above the version of
 * the comment that uses it, as in apidoc.
 */
final class Definitions {
  private final Map<String, NavigableMap<Version, ParsedComment>> byName = new HashMap<>();
  private final Map<String, Set<Text>> missing = new LinkedHashMap<>();

  /**
   * Keeps a definition. Of two with one name and version the second counts, as in apidoc; they may
   * not differ in what they say of the session and of configuration values.
   */
  Optional<Mistake> add(Text name, ParsedComment definition) {
    ParsedComment first = versions(name).put(definition.version(), definition);
    if (first == null) {
      return Optional.empty();
    }
    boolean same =
        RepeatedRoutes.contractOf(first.comment().fields())
            .equals(RepeatedRoutes.contractOf(definition.comment().fields()));
    return Optional.of(
        same
            ? Rule.APIDOC_DEFINITION.at(name.at(), name.value())
            : Rule.APIDOC_SYNTAX.at(
                name.at(),
                "@apiDefine "
                    + name.value()
                    + " is there twice, with other session fields or configuration values. Give one"
                    + " of them another name, or an @apiVersion."));
  }

  /**
   * Puts a definition's completed form in its place. The tool does so when it comes to it, so that
   * what a definition uses itself goes by its own version where it stands before the route.
   */
  void complete(Text name, ParsedComment definition, ApidocComment completed) {
    versions(name)
        .replace(
            definition.version(),
            definition,
            new ParsedComment(completed, definition.defines(), List.of()));
  }

  private NavigableMap<Version, ParsedComment> versions(Text name) {
    return byName.computeIfAbsent(name.value(), unknown -> new TreeMap<>());
  }

  /** What a comment says together with all that it uses. */
  ApidocComment complete(ParsedComment parsed) {
    List<Mistake> mistakes = new ArrayList<>(parsed.comment().mistakes());
    List<ApidocComment> used = used(parsed, mistakes);
    return parsed.comment().using(used).withMistakes(mistakes);
  }

  /** A mistake for each definition that the completed comments lack, at the first use of it. */
  List<Mistake> missing() {
    return missing.entrySet().stream().map(Definitions::missing).toList();
  }

  private static Mistake missing(Entry<String, Set<Text>> definition) {
    int uses = definition.getValue().size();
    return Rule.APIDOC_SYNTAX.at(
        definition.getValue().iterator().next().at(),
        "No comment that is read here has @apiDefine "
            + definition.getKey()
            + (uses == 1 ? "" : ", which is used " + uses + " times")
            + ". Add the file that defines it, or write its fields where it is used.");
  }

  /** What a comment uses, and what that uses, each once: those that use each other too. */
  private List<ApidocComment> used(ParsedComment parsed, List<Mistake> mistakes) {
    Set<ParsedComment> used = new LinkedHashSet<>();
    Deque<Text> pending = new ArrayDeque<>(parsed.uses());
    while (!pending.isEmpty()) {
      named(pending.remove(), parsed.version(), mistakes)
          .filter(used::add)
          .ifPresent(definition -> pending.addAll(definition.uses()));
    }
    return used.stream().map(ParsedComment::comment).toList();
  }

  private Optional<ParsedComment> named(Text name, Version version, List<Mistake> mistakes) {
    NavigableMap<Version, ParsedComment> versions = byName.get(name.value());
    if (versions == null) {
      missing.computeIfAbsent(name.value(), unknown -> new LinkedHashSet<>()).add(name);
      return Optional.empty();
    }
    Entry<Version, ParsedComment> nearest = versions.floorEntry(version);
    if (nearest == null) {
      mistakes.add(
          Rule.APIDOC_SYNTAX.at(
              name.at(),
              "This comment has version "
                  + version
                  + ", and @apiDefine "
                  + name.value()
                  + " is there only in later ones: "
                  + versions.keySet().stream()
                      .map(Version::toString)
                      .collect(Collectors.joining(", "))
                  + ". Give one of the two another @apiVersion."));
      return Optional.empty();
    }
    return Optional.of(nearest.getValue());
  }
}
