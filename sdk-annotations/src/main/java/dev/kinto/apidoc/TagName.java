package dev.kinto.apidoc;

import dev.kinto.declaration.Nearest;
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

  /** Whether a word is a tag's name in the spelling of apidoc's documentation. */
  static boolean isKnown(String name) {
    return KNOWN.contains(name);
  }

  /** Whether a word in lower case is a tag's name. */
  static boolean isKnownInAnyCase(String lowerCaseName) {
    return KNOWN.stream().anyMatch(known -> lowerCase(known).equals(lowerCaseName));
  }

  /**
   * The known name that an unknown one was probably meant to be: a misspelt {@code @apiSuccess}
   * must not pass in silence, while the tags of other tools may.
   */
  static Optional<String> meantBy(String lowerCaseName) {
    if (!lowerCaseName.startsWith("api")
        || lowerCaseName.length() > 20
        || isKnownInAnyCase(lowerCaseName)) {
      return Optional.empty();
    }
    return Nearest.to(lowerCaseName, KNOWN);
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
