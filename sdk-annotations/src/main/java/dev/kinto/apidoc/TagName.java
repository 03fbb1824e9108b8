package dev.kinto.apidoc;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tags that begin with {@code @api}, and which of them a misspelt one was meant to be. */
final class TagName {
  /** In the spelling of apidoc's documentation. {@code @apiNote} is one of the JDK's. */
  private static final List<String> KNOWN =
      List.of(
          "api",
          "apiBody",
          "apiDefine",
          "apiDeprecated",
          "apiDescription",
          "apiError",
          "apiErrorExample",
          "apiErrorTitle",
          "apiExample",
          "apiGroup",
          "apiHeader",
          "apiHeaderExample",
          "apiHeaderTitle",
          "apiIgnore",
          "apiName",
          "apiNote",
          "apiParam",
          "apiParamExample",
          "apiParamTitle",
          "apiPermission",
          "apiPrivate",
          "apiQuery",
          "apiRotatesToken",
          "apiSampleRequest",
          "apiSuccess",
          "apiSuccessExample",
          "apiSuccessTitle",
          "apiUse",
          "apiVersion");

  private TagName() {}

  /**
   * The known name that an unknown one was probably meant to be: a misspelt {@code @apiSuccess}
   * must not pass in silence, while the tags of other tools may.
   */
  static Optional<String> meantBy(String lowerCaseName) {
    if (!lowerCaseName.startsWith("api")
        || lowerCaseName.length() > 20
        || KNOWN.stream().anyMatch(known -> lowerCase(known).equals(lowerCaseName))) {
      return Optional.empty();
    }
    int tolerated = lowerCaseName.length() < 8 ? 1 : 2;
    for (int distance = 1; distance <= tolerated; distance++) {
      for (String known : KNOWN) {
        if (distance(lowerCase(known), lowerCaseName) == distance) {
          return Optional.of(known);
        }
      }
    }
    return Optional.empty();
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The least number of characters to insert, remove or replace (Levenshtein). */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
