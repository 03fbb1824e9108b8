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
interface SessionSpace {
  @Api(method = "GET", path = "/{articles-id}")
  @ApiParam(field = "articles-id")
  @ApiHeader(field = "Articles_lastId")
//                   ^ KintoSessionSpace
  @ApiParam(field = "articles-page")
//                  ^ KintoSessionSpace
  @ApiQuery(field = "articles-size")
//                  ^ KintoSessionSpace
  @ApiBody(field = "articles-text")
//                 ^ KintoSessionSpace
  @ApiSuccess(field = "articles-count")
//                    ^ KintoSessionSpace
  @ApiSuccess(group = "Session 200", field = "articles-sum")
//                    ^ KintoResultGroup
  @ApiError(field = "articles-missing")
//                  ^ KintoSessionSpace
  void annotated();

  /**
   * Said in a comment.
   *
   * @api {post} / Publish
   * @apiHeader {String} articles-lastId
//   ^ KintoSessionSpace
   */
  void commented();
}
