package dev.kinto.declaration;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a declaration can break, each with its stable id and the text of its message. The
 * texts say what is wanted, what was found and the mend.
 */
public enum Rule {
  /** C3, and the vocabulary's shape of a microservice name. */
  MICROSERVICE_NAME("KintoMicroserviceName", "@Microservice: %s."),
  /** C1: routes belong to a named microservice. */
  MICROSERVICE_MISSING(
      "KintoMicroserviceMissing",
      "%s is on a route of no microservice. Put @Microservice(\"name\") on the class or its"
          + " package."),
  /** C1, C10: what a comment documents is a route only in a named microservice. */
  MICROSERVICE_UNNAMED(
      "KintoMicroserviceUnnamed",
      "The comment documents %s, which is in no manifest, since it belongs to no microservice:"
          + " the gateway answers 404. Put @Microservice(\"name\") on the class or"
          + " its package. If it is no route of the gateway's, add @apiIgnore to the comment.",
      true),
  /** C1: a microservice writes only fields that begin with its name. */
  FIELD_PREFIX(
      "KintoFieldPrefix", "%s field must start with \"%s\". Found: \"%s\". Did you mean \"%s\"?"),
  /** C1: every session field belongs to some microservice. */
  FIELD_OWNER(
      "KintoFieldOwner",
      "%s field must be named <microservice>-<rest>, so that its owner is known. Found: \"%s\"."),
  /** RFC 9110, section 5.1: a field name is a token. */
  FIELD_NAME("KintoFieldName", "%s: %s."),
  /** C2: one field, one spelling. */
  FIELD_ALIAS(
      "KintoFieldAlias",
      "%s field \"%s\" and \"%s\" are one field, because case is ignored and \"_\" and \".\" equal"
          + " \"-\". Spell it \"%2$s\" everywhere, or choose another name."),
  /** C3: a registered HTTP field is nobody's session field. */
  FIELD_REGISTERED(
      "KintoFieldRegistered",
      "%s field may not be the registered HTTP field \"%s\". Choose a name that is not in IANA's"
          + " list, for instance \"%s\"."),
  /** One declaration for one field of a route. */
  FIELD_DUPLICATE(
      "KintoFieldDuplicate", "%s field \"%s\" is declared twice on one route. Remove one of them."),
  /** C8: a name that HTTP does not allow, of a field that is documented only. */
  DOCUMENTED_NAME("KintoDocumentedName", "%s: %s. It is documented as it is written.", true),
  /** C8: a field that is documented only may say more than once what it is. */
  DOCUMENTED_TWICE(
      "KintoDocumentedTwice",
      "%s field \"%s\" is documented twice on one route. The first counts; remove the other.",
      true),
  /** C8: a type that apidoc does not have, of a field that is documented only. */
  DOCUMENTED_TYPE("KintoDocumentedType", "%s type: %s. It is documented as it is written.", true),
  /** C8: the default of a field that is documented only is a value of its type. */
  DOCUMENTED_DEFAULT(
      "KintoDocumentedDefault",
      "%s default \"%s\" %s. Give a value that \"%s\" allows, or none.",
      true),
  /** C4: apidoc's types. */
  FIELD_TYPE("KintoFieldType", "%s type: %s."),
  /** C4: an unknown type is a String. */
  FIELD_TYPE_UNKNOWN(
      "KintoFieldTypeUnknown",
      "%s type \"%s\" is not known and taken for String. Known are String, Number, Boolean, Object"
          + " and arrays of them.",
      true),
  /** C4, C6: the default is a value of the type. */
  FIELD_DEFAULT(
      "KintoFieldDefault", "%s default \"%s\" %s. Give a value that \"%s\" allows, or none."),
  /** C6: only what may be absent has a default. */
  FIELD_DEFAULT_REQUIRED(
      "KintoFieldDefaultRequired",
      "%s field \"%s\" has a default but is required. Make it optional, or remove the default."),
  /** C8: the groups of headers. */
  HEADER_GROUP(
      "KintoHeaderGroup",
      "%s: a header's group is Header, Session or Config. Found: \"%s\". Did you mean \"%s\"?"),
  /** C8: other groups of headers are apidoc's way to sort its pages and mean nothing here. */
  HEADER_GROUP_UNKNOWN(
      "KintoHeaderGroupUnknown",
      "%s: the group \"%s\" is neither Header, Session nor Config; its headers are taken for"
          + " ordinary ones.",
      true),
  /** C8: the groups of parameters. */
  PARAMETER_GROUP(
      "KintoParameterGroup",
      "%s: a parameter's group is Url, QueryString or Body. Found: \"%s\". What travels in a header"
          + " is an @ApiHeader."),
  /** C8: other groups of parameters are apidoc's way to sort its pages. */
  PARAMETER_GROUP_UNKNOWN(
      "KintoParameterGroupUnknown",
      "%s: the group \"%s\" is neither Url, QueryString nor Body; such parameters are taken for"
          + " ones of the group %s.",
      true),
  /** C8: the groups of results. */
  RESULT_GROUP(
      "KintoResultGroup",
      "%s: a result's group is a status code or Session. Found: \"%s\". Did you mean \"Session\"?"),
  /** C8: other groups of results are apidoc's way to sort its pages. */
  RESULT_GROUP_UNKNOWN(
      "KintoResultGroupUnknown",
      "%s: the group \"%s\" names no status code; its fields are taken for ones of the status"
          + " %s.",
      true),
  /** C28: only successful answers set session fields. */
  ERROR_SESSION(
      "KintoErrorSession",
      "%s: an answer that reports an error sets no session field. Declare it with"
          + " @ApiSuccess(group = \"Session\"), and set it in a 2xx or 3xx answer."),
  /** C9: what is named like a session field of the microservice is one, or bears another name. */
  SESSION_SPACE(
      "KintoSessionSpace",
      "%s field \"%s\" bears the name of a session field of this microservice, and is none. Declare"
          + " it with @ApiHeader(group = \"Session\") to read it from the session, with"
          + " @ApiSuccess(group = \"Session\") to set it. If it is another thing, give it another"
          + " name; where clients really send a header of this name, which the gateway removes,"
          + " give the microservice another name."),
  /** C8, C11: a parameter of the path stands in the path. */
  PATH_PARAMETER("KintoPathParameter", "%s \"%s\" is no parameter of the path %s. %s", true),
  /** C8, C11: of a path's parameters all are declared, or none. */
  PATH_PARAMETER_UNDECLARED(
      "KintoPathParameterUndeclared",
      "The parameter {%s} of the path is not declared, though others are. Add"
          + " @ApiParam(group = \"Url\", field = \"%1$s\").",
      true),
  /** C8: apidoc's versions. */
  VERSION(
      "KintoVersion",
      "A version is written 1.6.2, with three numbers. This one is passed over: \"%s\".",
      true),
  /** C10: an older version of a route at another address is a route that nobody can call. */
  ROUTE_SUPERSEDED(
      "KintoRouteSuperseded",
      "%s %s is taken for an older version (%s) of %s, which has its name, its group and version"
          + " %s, and is left out. If it is a route of its own, give it a name of its own.",
      true),
  /** C6: only what is read can be absent, and have something else stand for it. */
  DEFAULT_UNUSED(
      "KintoDefaultUnused", "%s field \"%s\" has a default, which would never be used. Remove it."),
  /** C9: what a configuration value may be called. */
  CONFIG_NAME(
      "KintoConfigName",
      "%s field may not be a session field of this microservice, kinto-*, or a field that HTTP"
          + " itself needs. Found: \"%s\". Choose another name."),
  /** C11, C21: methods that the gateway lets through. */
  METHOD(
      "KintoMethod",
      "A method is GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS or another upper-case token, never"
          + " CONNECT or TRACE. Found: \"%s\"."),
  /** C11: the shape of a path. */
  PATH("KintoPath", "%s."),
  /** C11: one route for one method and shape. */
  ROUTE_DUPLICATE(
      "KintoRouteDuplicate",
      "%s %s is declared twice: %s, ignoring the names of parameters. Remove one, or give it"
          + " another path."),
  /** C20: routes are listed by name. */
  ROUTE_NAME(
      "KintoRouteName", "Two routes are named \"%s\". Give one of them another name with %s."),
  /** C10: annotations and Javadoc of one method say the same. */
  DECLARATIONS_DIFFER(
      "KintoDeclarationsDiffer",
      "%s is %s, but %s is %s. Remove one of the two, or make them equal."),
  /** C8: a field belongs to a route. */
  ROUTE_MISSING(
      "KintoRouteMissing",
      "%s is on a method that is no route. Add @Api(method = \"…\", path = \"…\") to it."),
  /** C10: what documents a route stands on the method that handles it. */
  COMMENT_PLACE(
      "KintoCommentPlace",
      "%s stands in %s: no method handles it there, and it would be in no manifest. Move the"
          + " comment to the method that does, or add @apiIgnore to it if it is not meant for the"
          + " gateway."),
  /** C8: what no processor is shown is in no manifest. */
  ANNOTATION_PLACE(
      "KintoAnnotationPlace",
      "@%s stands in a local or anonymous class. The compiler shows those to no processor, so that"
          + " it would be in no manifest. Move the method to a class that is a member or stands"
          + " alone."),
  /** C11, C15: one method and one path for one route. */
  ROUTE_UNCLEAR(
      "KintoRouteUnclear", "A route has one %s, but %s names %s. Say it with @Api(%1$s = \"…\")."),
  /** C15: handlers that only their framework tells apart are one route to the gateway. */
  ROUTE_SHARED(
      "KintoRouteShared",
      "%s is handled by %s and %s, which the gateway cannot tell apart, and they differ: %s."
          + " Declare the same on both, or give both the same @ApiName: the route then reads and"
          + " sets what any of them does, and requires what any of them requires."),
  /** C15: what the gateway lets through is what the framework answers. */
  FRAMEWORK_DIFFERS(
      "KintoFrameworkDiffers",
      "The route's %s is \"%s\", but %s makes it %s. Remove the first, or make them equal."),
  /** C14: generated code calls the handlers. */
  HANDLER_HIDDEN(
      "KintoHandlerHidden", "%s is not visible to the generated %s, which calls it. Make it %s."),
  /** C13, C14: a generated class must not meet one of the author's. */
  GENERATED_NAME(
      "KintoGeneratedName",
      "%s has to be generated here, but there is a class of this name already. Rename that class."),
  /** C14: the class that registers the routes is complete once it is written. */
  ROUTE_LATE(
      "KintoRouteLate",
      "%s was generated after %s, which cannot take its routes any more. Write the class by hand,"
          + " or give it a microservice of its own."),
  /** C10: a line of the contract that the dialect cannot read. */
  APIDOC_SYNTAX("KintoApidocSyntax", "%s"),
  /** C10: a line that only documents, and cannot be read as it is written. */
  APIDOC_UNREAD("KintoApidocUnread", "%s", true),
  /** C10, C11: a path that apidoc takes and that is no template as it is written. */
  APIDOC_PATH("KintoApidocPath", "The path \"%s\" is read as \"%s\": %s.", true),
  /** C10: what looks like a tag of apidoc's and is none. */
  APIDOC_TAG("KintoApidocTag", "%s", true),
  /** C10: a definition that stands twice among the sources. */
  APIDOC_DEFINITION(
      "KintoApidocDefinition",
      "@apiDefine %s is there twice, and this one counts. Give one of them another name, or an"
          + " @apiVersion.",
      true),
  /** C10, C11: a route that is documented twice with one contract. */
  APIDOC_ROUTE_TWICE(
      "KintoApidocRouteTwice",
      "%s %s is documented twice with the same contract, first as %s, and is one route with the"
          + " fields of both. Remove one of them.",
      true),
  /** C10, C11: one comment for several routes. */
  APIDOC_SEVERAL_ROUTES(
      "KintoApidocSeveralRoutes",
      "The comment documents %s routes, and each has all of its fields: %s. Give each a comment of"
          + " its own.",
      true),
  /** C10, C20: routes are listed by name. */
  APIDOC_ROUTE_NAME(
      "KintoApidocRouteName",
      "Two routes are named \"%s\". This one is called \"%s\" instead. Give it a name of its own"
          + " with @apiName.",
      true),
  /** C10: tags among the sources that are read by nobody. */
  APIDOC_SOURCE("KintoApidocSource", "%s", true);

  private static final int MOST_SHOWN = 500;

  private final String id;
  private final String format;
  private final boolean warning;

  Rule(String id, String format) {
    this(id, format, false);
  }

  Rule(String id, String format, boolean warning) {
    this.id = id;
    this.format = format;
    this.warning = warning;
  }

  /** The stable id, for instance {@code KintoFieldPrefix}. */
  public String id() {
    return id;
  }

  /** Whether breaking it is a warning only. */
  public boolean warning() {
    return warning;
  }

  /** A breach of this rule at a place; the arguments fill the rule's text in its order. */
  public Mistake at(Position position, @Nullable Object... arguments) {
    Object[] shown = Arrays.stream(arguments).map(Rule::shown).toArray();
    return new Mistake(this, position, String.format(Locale.ROOT, format, shown));
  }

  /** A long text is shown by its beginning: it may be anybody's, and stand in many messages. */
  private static String shown(@Nullable Object argument) {
    String text = String.valueOf(argument);
    return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
  }
}
