@file:Microservice("hello")

package hello

import dev.kinto.annotations.Api
import dev.kinto.annotations.ApiHeader
import dev.kinto.annotations.Microservice

@Api(method = "GET", path = "/top")
@ApiHeader(group = "Session", field = "auth-username")
fun top(headers: Map<String, String>): String =
  "Hello, " + TopKtSession.Top.read { name -> headers[name] }.authUsername()
