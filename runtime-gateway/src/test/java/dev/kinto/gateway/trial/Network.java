package dev.kinto.gateway.trial;

import java.io.IOException;
import java.util.List;

/** Where the gateways of a trial run, numbered from 1, and who of them hears whom. */
interface Network extends AutoCloseable {
  /** The host that a gateway listens on. */
  String host(int node);

  /** The host at which the gateways find what runs beside the trial. */
  String driverHost();

  /** The port of a gateway's listener or of its node in the grid; the same at each start. */
  int port(int node, Port port);

  /** What a gateway's command begins with. */
  List<String> wrapper(int node);

  /** Whether gateways can be cut off from one another. */
  boolean canCut();

  /** From now on nothing that one gateway sends reaches the other; it is not told so. */
  void cut(int from, int to) throws IOException;

  /** Undoes {@link #cut}. */
  void heal(int from, int to) throws IOException;

  @Override
  void close();

  /** What listens on a port. */
  enum Port {
    API,
    PUBLIC,
    ADMIN,
    DISCOVERY,
    DATA
  }
}
