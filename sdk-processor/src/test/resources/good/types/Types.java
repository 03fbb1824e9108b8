package types;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.ApiName;
import dev.kinto.annotations.ApiSuccess;
import dev.kinto.annotations.Microservice;

/** Every type, and names that are awkward in Java. */
public final class Types {
  private Types() {}

  /** Nested, so that its accessors are Types_ReadsSession. */
  @Microservice("get")
  public static final class Reads {
    @Api(method = "GET", path = "/types")
    @ApiName("a type: String")
    @ApiHeader(group = "Session", field = "get-text", type = "String{2..5}")
    @ApiHeader(group = "Session", field = "get-long", type = "Number{1-10}")
    @ApiHeader(group = "Session", field = "get-double", type = "Number{0.5-1.5}", optional = true)
    @ApiHeader(
        group = "Session",
        field = "get-ratio",
        type = "Number",
        optional = true,
        defaultValue = "0.5")
    @ApiHeader(group = "Session", field = "get-flag", type = "Boolean")
    @ApiHeader(group = "Session", field = "get-object", type = "Object")
    @ApiHeader(group = "Session", field = "get-list", type = "Number[]", optional = true)
    @ApiHeader(
        group = "Session",
        field = "get-class",
        optional = true,
        defaultValue = "größe",
        description = "ends */ no comment, {@code is} <b>no</b> tag, \\u002a/ no escape")
    public void types() {}

    @Api(method = "GET", path = "/a*/b")
    @ApiName("string")
    @ApiHeader(group = "Session", field = "get-userId")
    @ApiHeader(group = "Session", field = "get-user-id")
    @ApiHeader(group = "Session", field = "get-1st")
    @ApiHeader(group = "Session", field = "get-user-id-field")
    public void names() {}

    @Api(method = "GET", path = "/clash")
    @ApiName("String")
    @ApiHeader(group = "Session", field = "get-userId")
    @ApiHeader(group = "Header", field = "Accept")
    public void clash() {}

    @Api(method = "PUT", path = "/types")
    @ApiName("default")
    @ApiSuccess(group = "Session", field = "get-class", description = "what \"get\" gets")
    @ApiSuccess(group = "Session", field = "get-long", type = "Number{1-10}", optional = true)
    @ApiSuccess(group = "Session", field = "get-double", type = "Number{0.5-1.5}")
    @ApiSuccess(group = "Session", field = "get-flag", type = "Boolean")
    @ApiSuccess(group = "Session", field = "get-list", type = "Number[]")
    @ApiSuccess(group = "Session", field = "get-text", type = "String{2..5}")
    @ApiSuccess(group = "200", field = "id")
    public void writes() {}
  }
}
