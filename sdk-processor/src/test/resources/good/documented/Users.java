package documented;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiBody;
import dev.kinto.annotations.ApiDeprecated;
import dev.kinto.annotations.ApiError;
import dev.kinto.annotations.ApiErrorExample;
import dev.kinto.annotations.ApiExample;
import dev.kinto.annotations.ApiGroup;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.ApiHeaderExample;
import dev.kinto.annotations.ApiParam;
import dev.kinto.annotations.ApiParamExample;
import dev.kinto.annotations.ApiPermission;
import dev.kinto.annotations.ApiQuery;
import dev.kinto.annotations.ApiSuccess;
import dev.kinto.annotations.ApiSuccessExample;
import dev.kinto.annotations.ApiVersion;
import dev.kinto.annotations.Microservice;

/** Everything that apidoc can say, in annotations. */
@Microservice("users")
interface Users {
  /** Changes a user. */
  @Api(method = "PUT", path = "/users/{id}", title = "Change a user")
  @ApiGroup("Users")
  @ApiVersion("1.10.0")
  @ApiPermission("writer")
  @ApiPermission("admin")
  @ApiDeprecated("use PATCH")
  @ApiHeader(
      field = "Accept-Language",
      type = "String=\"de\",\"en\"",
      optional = true,
      defaultValue = "en",
      description = "of messages")
  @ApiHeader(group = "Session", field = "auth-userId", type = "Number{1..}")
  @ApiParam(field = "id", type = "Number{1..}", description = "whom")
  @ApiQuery(field = "dry", type = "Boolean", optional = true, defaultValue = "false")
  @ApiBody(field = "user", type = "Object")
  @ApiBody(field = "user.name", type = "String{2..80}", description = "full name")
  @ApiBody(field = "user.born", type = "Date", optional = true)
  @ApiBody(field = "user.tags[]", type = "String[]")
  @ApiSuccess(group = "Session", field = "users-lastId", type = "Number", optional = true)
  @ApiSuccess(field = "id", type = "Number")
  @ApiSuccess(group = "202", field = "job", type = "String", optional = true)
  @ApiError(field = "code", type = "String=\"taken\",\"short\"")
  @ApiError(group = "404", field = "error", description = "no such user")
  @ApiExample(title = "With curl", type = "curl", value = "curl -X PUT http://localhost/users/1")
  @ApiHeaderExample(type = "text", value = "Accept-Language: de")
  @ApiParamExample("{\"user\": {\"name\": \"Ada\", \"tags\": []}}")
  @ApiSuccessExample(
      title = "Done",
      value =
          """
          {
            "id": 1
          }
          """)
  @ApiErrorExample(title = "Taken", value = "{\"code\": \"taken\"}")
  void change();

  /** Finds users. */
  @Api(method = "GET", path = "/users")
  @ApiDeprecated
  void find();
}
