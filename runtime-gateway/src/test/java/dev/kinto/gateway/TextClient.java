package dev.kinto.gateway;

import java.io.IOException;

/** A client that takes requests as HTTP/1.1 writes them, and sends them as it speaks. */
@FunctionalInterface
interface TextClient extends AutoCloseable {

  /** Sends a request and reads its answer. */
  RawAnswer exchange(String request) throws IOException;

  @Override
  default void close() throws IOException {}
}
