package dev.kinto.apidoc;

import dev.kinto.apidoc.DelimitedComments.Marks;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How a programming language marks the comments in which apidoc's tags stand. */
interface CommentSyntax {
  /** Slash and two stars, which most languages know, and files that name none. */
  CommentSyntax SLASH_STAR = new DelimitedComments("*", new Marks("/**", "*/"));

  /** The endings of the files that are read in a folder, with all that apidoc reads. */
  Map<String, CommentSyntax> BY_ENDING = byEnding();

  /** The comments of a file, given as its lines without line breaks, in its order. */
  List<SourceComment> commentsIn(List<String> lines);

  /** The syntax of a file that was found in a folder; empty if it holds no source known here. */
  static Optional<CommentSyntax> of(Path file) {
    return Optional.ofNullable(BY_ENDING.get(ending(file)));
  }

  /** What follows the last dot of a file's name, in lower case; the whole name if it has none. */
  static String ending(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static Map<String, CommentSyntax> byEnding() {
    Map<String, CommentSyntax> endings = new HashMap<>();
    put(
        endings,
        SLASH_STAR,
        "js jsx mjs cjs ts tsx mts cts vue svelte java kt kts scala groovy gradle go php p ph phtml"
            + " c cc cpp cxx cls h hpp hh in ino cs dart swift rs m mm proto");
    put(endings, new PythonComments(), "py pyi");
    Marks hashes = new Marks("#**", "#*");
    put(endings, new DelimitedComments("#", hashes, new Marks("=begin", "=end")), "rb");
    put(endings, new DelimitedComments("#", hashes, new Marks("=pod", "=cut")), "pl pm");
    put(endings, new DelimitedComments("", new Marks("###", "###")), "coffee litcoffee");
    put(endings, new DelimitedComments("*", new Marks("--[[", "]]")), "lua");
    put(endings, new DelimitedComments(";", new Marks(";;;;", ";;;;")), "clj cljc cljs");
    put(endings, new DelimitedComments("%", new Marks("{", "%}")), "erl hrl");
    put(endings, new DelimitedComments("#", new Marks("{", "#}"), new Marks("{", "# }")), "ex exs");
    return Map.copyOf(endings);
  }

  private static void put(Map<String, CommentSyntax> into, CommentSyntax syntax, String endings) {
    for (String ending : endings.split(" ", -1)) {
      into.put(ending, syntax);
    }
  }
}
