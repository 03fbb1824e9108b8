package dev.kinto.gateway.accesslog;

import dev.kinto.gateway.observe.RequestRecord;

/** How a request is written in one line. Used by one thread at a time. */
interface LineFormat {

  /** The line, without its end. */
  String line(RequestRecord request);
}
