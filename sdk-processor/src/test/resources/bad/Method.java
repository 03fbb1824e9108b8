package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.Microservice;

@Microservice("articles")
interface Method {
  @Api(method = "get", path = "/")
//              ^ KintoMethod
  void home();

  @Api(method = "TRACE", path = "/")
//              ^ KintoMethod
  void trace();
}
