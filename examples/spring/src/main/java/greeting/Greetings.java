package greeting;

import dev.kinto.annotations.ApiHeader;
import dev.kinto.annotations.ApiSuccess;
import dev.kinto.annotations.Microservice;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Method and path are Spring's; what the routes read and set of the session stands beside. */
@RestController
@Microservice("greeting")
class Greetings {
  @GetMapping("/greeting")
  @ApiHeader(group = "Session", field = "auth-username", description = "who is logged in")
  @ApiHeader(group = "Session", field = "greeting-word", optional = true, defaultValue = "Hello")
  String greet(@RequestHeader HttpHeaders request) {
    var session = GreetingsSession.Greet.read(request::getFirst);
    return session.greetingWord() + ", " + session.authUsername() + "!";
  }

  @PutMapping("/greeting")
  @ApiSuccess(group = "Session", field = "greeting-word", description = "instead of Hello")
  ResponseEntity<Void> setWord(@RequestBody String word) {
    HttpHeaders answer = new HttpHeaders();
    GreetingsSession.SetWordWriter.to(answer::set).greetingWord(word);
    return ResponseEntity.noContent().headers(answer).build();
  }
}
