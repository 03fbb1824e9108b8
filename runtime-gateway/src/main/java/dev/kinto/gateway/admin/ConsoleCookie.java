package dev.kinto.gateway.admin;

import dev.kinto.gateway.http.Caller;
import dev.kinto.gateway.http.ClientRequest;
import dev.kinto.gateway.http.HeaderLine;
import dev.kinto.gateway.http.SessionCookie;
import java.util.List;
import java.util.Optional;

/**
 * The cookie that keeps an operator logged in to the console. Browsers do not tell the ports of a
 * host apart (RFC 6265, section 8.5): so its name has the port, and the consoles of two gateways on
 * one machine are open side by side; and the other listeners take it off what they send on.
 *
 * @param name its name
 * @param secure whether it must not travel in the clear
 */
record ConsoleCookie(String name, boolean secure) {

  /** The one of the address that was called. */
  static ConsoleCookie of(Caller caller) {
    String host = caller.host();
    int colon = host.indexOf(':', host.lastIndexOf(']') + 1);
    String port = colon < 0 ? "" : host.substring(colon + 1);
    String usual = caller.secure() ? "443" : "80";
    return new ConsoleCookie(
        SessionCookie.CONSOLE_PREFIX + (port.isEmpty() ? usual : port), caller.secure());
  }

  /** What a request shows; empty if it has none, or several, of which one may be forged. */
  Optional<String> in(ClientRequest request) {
    String begin = name + "=";
    List<String> found =
        SessionCookie.pairs(request).stream().filter(pair -> pair.startsWith(begin)).toList();
    return found.size() == 1
        ? Optional.of(found.getFirst().substring(begin.length()))
        : Optional.empty();
  }

  /** The line that gives it to a browser. It ends with the browser, or with the session. */
  HeaderLine set(String id) {
    return line(id, "");
  }

  /** The line that takes it away. */
  HeaderLine cleared() {
    return line("", "; Max-Age=0");
  }

  private HeaderLine line(String value, String rest) {
    return HeaderLine.of(
        "Set-Cookie",
        name
            + "="
            + value
            + "; Path="
            + Console.PATH
            + "/; HttpOnly; SameSite=Strict"
            + (secure ? "; Secure" : "")
            + rest);
  }
}
