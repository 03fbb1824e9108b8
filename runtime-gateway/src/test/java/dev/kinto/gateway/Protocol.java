package dev.kinto.gateway;

/** What a client speaks. */
enum Protocol {
  HTTP_1_1,
  HTTP_2
}
