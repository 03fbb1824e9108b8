package bad;

import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.ApiName;
import dev.kinto.annotations.Microservice;
import org.springframework.web.bind.annotation.PostMapping;

@Microservice("articles")
class RouteShared {
  @PostMapping(path = "/differ", consumes = "application/json")
  @ApiHeader(group = "Session", field = "auth-userId")
  void differ() {}

  @PostMapping(path = "/differ", consumes = "text/plain")
  void differToo() {}
//     ^ KintoRouteShared

  @PostMapping(path = "/typed", params = "a")
  @ApiName("typed")
  @ApiHeader(group = "Session", field = "auth-userId")
  void typed() {}

  @PostMapping(path = "/typed", params = "b")
  @ApiName("typed")
  @ApiHeader(group = "Session", field = "auth-userId", type = "Number")
  void typedToo() {}
//     ^ KintoRouteShared

  @PostMapping(path = "/twice", params = "a")
  void twice() {}

  @PostMapping(path = "/twice", params = "a")
//                    ^ KintoRouteDuplicate
  void twiceToo() {}
}
