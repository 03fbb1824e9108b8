package dev.kinto.gateway.wire;

import io.helidon.webserver.Router;
import io.helidon.webserver.Routing;
import io.helidon.webserver.WebServer;
import java.util.List;

/** A router with one routing: ours. Helidon asks it by type for every connection. */
record WireRouter(WireRouting routing) implements Router {

  @Override
  public <T extends Routing> T routing(Class<T> routingType, T defaultValue) {
    return routingType.isInstance(routing) ? routingType.cast(routing) : defaultValue;
  }

  @Override
  public void afterStop() {}

  @Override
  public void beforeStart() {}

  @Override
  public void afterStart(WebServer webServer) {}

  @Override
  public List<? extends Routing> routings() {
    return List.of(routing);
  }
}
