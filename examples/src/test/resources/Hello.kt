package hello

import dev.kinto.annotations.Api
import dev.kinto.annotations.ApiHeader
import dev.kinto.annotations.Microservice

@Microservice("hello")
class Hello {
  @Api(method = "GET", path = "/hello", title = "Greet who is logged in")
  @ApiHeader(group = "Session", field = "auth-username")
  fun greet(headers: Map<String, String>): String =
    "Hello, " + HelloSession.Greet.read { name -> headers[name] }.authUsername()

  companion object {
    @JvmStatic
    @JvmOverloads
    @Api(method = "GET", path = "/static")
    fun welcome(name: String = "you"): String = "Hello, $name"
  }
}

@Microservice("hello")
interface Greeting {
  @Api(method = "GET", path = "/default")
  fun byDefault(): String = "Hello"
}

class German : Greeting
