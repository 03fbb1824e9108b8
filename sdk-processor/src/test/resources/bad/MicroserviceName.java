package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.Microservice;

@Microservice("Articles")
//            ^ KintoMicroserviceName
interface MicroserviceName {
  @Api(method = "GET", path = "/")
  void home();

  @Microservice("Articles")
//              ^ KintoMicroserviceName
  interface Again {}

  @Microservice("x-forwarded")
//              ^ KintoMicroserviceName
  interface Forbidden {}
}
