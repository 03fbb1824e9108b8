package greeting;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.MockMvc;

/** Without a gateway: the session is request headers, and what a route sets response headers. */
@WebMvcTest
class GreetingsTest {
  @Autowired MockMvc mvc;

  @Test
  void greetsWhoIsLoggedIn() throws Exception {
    mvc.perform(get("/greeting").header("auth-username", "Zo%C3%AB").header("greeting-word", "Hi"))
        .andExpect(content().string("Hi, Zoë!"));
  }

  @Test
  void keepsTheWordInTheSession() throws Exception {
    mvc.perform(put("/greeting").content("Good day"))
        .andExpect(header().string("greeting-word", "Good day"));
  }

  @Test
  void showsItsManifest() throws Exception {
    mvc.perform(get("/.well-known/kinto-manifest.json"))
        .andExpect(content().contentType("application/json"));
  }
}
