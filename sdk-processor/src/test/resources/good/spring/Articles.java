package spring;

import dev.kinto.annotations.Api;
import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.ApiSuccess;
import dev.kinto.annotations.Microservice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

@Microservice("articles")
@RestController
@RequestMapping("/articles")
class Articles {
  @PostMapping
  @ApiHeader(group = "Session", field = "auth-userId", type = "Number")
  @ApiSuccess(group = "Session", field = "articles-lastId", type = "Number")
  void publish() {}

  @GetMapping("{id:[0-9]{1,9}}")
  void show() {}

  @RequestMapping(
      path = {"/{id}/files/{*path}"},
      method = {RequestMethod.GET, RequestMethod.HEAD})
  void file() {}

  @GetMapping("/static/**")
  void asset() {}

  @RequestMapping(value = {"/search", "/find"})
  @Api(method = "GET", path = "/articles/search", title = "Search")
  void search() {}
}
