@Microservice("auth")
package auth;

import dev.kinto.annotations.Microservice;
