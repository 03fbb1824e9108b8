package bad;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.Microservice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

@Microservice("articles")
interface RouteUnclear {
  @Api(path = "/")
//^ KintoRouteUnclear
  void home();

  @RequestMapping("/any")
//^ KintoRouteUnclear
  void any();

  @GetMapping({"/one", "/two"})
//             ^ KintoRouteUnclear
  void both();

  @GetMapping("/*.html")
//            ^ KintoRouteUnclear
  void page();
}
