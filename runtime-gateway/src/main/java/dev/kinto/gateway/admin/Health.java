package dev.kinto.gateway.admin;

import java.util.Optional;

/**
 * How a gateway is.
 *
 * @param good whether it should get what was asked for: requests, or new clients
 * @param remark what an operator should know, be it good or not; text without quotes
 */
public record Health(boolean good, Optional<String> remark) {
  private static final Health LIVE = new Health(true, Optional.empty());

  /** Of a process that answers. */
  static Health live() {
    return LIVE;
  }

  /** As JSON. */
  String json() {
    return "{\"status\":\""
        + (good ? "UP" : "DOWN")
        + "\""
        + remark.map(text -> ",\"remark\":\"" + text + "\"").orElse("")
        + "}";
  }
}
