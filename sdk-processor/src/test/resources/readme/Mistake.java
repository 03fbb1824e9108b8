package readme;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiSuccess;
import dev.kinto.annotations.Microservice;

@Microservice("auth")
interface Mistake {
  @Api(method = "POST", path = "/login")
  @ApiSuccess(group = "Session", field = "userId")
  void login();
}
