package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiBody;
import dev.kinto.annotations.ApiError;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.ApiParam;
import dev.kinto.annotations.ApiQuery;
import dev.kinto.annotations.ApiSuccess;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface DocumentedFields {
  @Api(method = "GET", path = "/")
  @ApiHeader(field = "Accept: text/plain")
//                   ^ KintoDocumentedName
  @ApiQuery(field = "page", type = "Number{9-1}")
//                                 ^ KintoDocumentedType
  @ApiQuery(field = "order", type = "String=\"up\",\"down\"", optional = true, defaultValue = "left")
//                                                                                            ^ KintoDocumentedDefault
  @ApiBody(field = "post.title")
  @ApiParam(group = "Body", field = "post.title")
//                                  ^ KintoDocumentedTwice
  @ApiBody(field = "day", type = "Date{yyyy-mm-dd}", defaultValue = "today")
  @ApiSuccess(field = "")
//                    ^ KintoFieldName
  @ApiError(field = "code", type = "Number=\"none\"")
//                                 ^ KintoDocumentedType
  void home();
}
