package greeting;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The microservice "greeting" on Spring Boot. */
@SpringBootApplication
public class Application {
  public static void main(String... args) {
    SpringApplication.run(Application.class, args);
  }

  /** Where a gateway whose configuration names no manifest asks for it; no route of its own. */
  @RestController
  static class ManifestPage {
    @GetMapping(path = "/.well-known/kinto-manifest.json", produces = "application/json")
    ClassPathResource manifest() {
      return new ClassPathResource("META-INF/kinto/greeting.json");
    }
  }
}
