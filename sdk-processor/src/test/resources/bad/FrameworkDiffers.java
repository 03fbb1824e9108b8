package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.Microservice;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

@Microservice("articles")
@Path("/articles")
interface FrameworkDiffers {
  @Api(method = "POST", path = "/article")
//              ^ KintoFrameworkDiffers
//                             ^ KintoFrameworkDiffers
  @GET
  void list();

  /** @api {get} /articles/{key} Show one */
//    ^ KintoFrameworkDiffers
  @GET
  @Path("{id}")
  void show();
}
