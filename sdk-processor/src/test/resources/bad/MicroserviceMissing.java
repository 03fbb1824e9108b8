package bad;

import dev.kinto.annotations.Api;

interface MicroserviceMissing {
  @Api(method = "GET", path = "/")
//^ KintoMicroserviceMissing
  void home();

  @Api(method = "GET", path = "/second")
  void second();
}
