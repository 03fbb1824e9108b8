package dev.kinto.gateway.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the node that grants a client's claims asks all nodes: what the client has there, and which
 * of the claims that it granted have been stored there, so that nothing is counted twice.
 *
 * @param clientId the client
 * @param oldest how many of its oldest sessions that never got a field are to be named
 * @param granted the claims
 */
record CountQuestion(String clientId, int oldest, List<Claim> granted) {
  private static final int VERSION = 1;

  byte[] toBytes() {
    Packer out = new Packer().oneByte(VERSION).text(clientId).length(oldest);
    out.length(granted.size());
    granted.forEach(each -> each.pack(out));
    return out.toBytes();
  }

  /** The question of these bytes; empty if only a newer version of the gateway knows it. */
  static Optional<CountQuestion> read(byte[] bytes) {
    Unpacker in = new Unpacker(bytes);
    if (in.oneByte() != VERSION) {
      return Optional.empty();
    }
    String clientId = in.text();
    int oldest = in.length();
    List<Claim> granted = new ArrayList<>();
    for (int left = in.length(); left > 0; left--) {
      granted.add(Claim.unpack(in));
    }
    return Optional.of(new CountQuestion(clientId, oldest, granted));
  }

  /**
   * What a node answers.
   *
   * @param count what the client has there
   * @param stored the places in {@link #granted} of those that are stored there
   */
  record Answer(Count count, List<Integer> stored) {
    byte[] toBytes() {
      Packer out = new Packer().oneByte(VERSION);
      count.pack(out);
      out.length(stored.size());
      stored.forEach(out::length);
      return out.toBytes();
    }

    /** The answer of these bytes; empty if a node of another version does not know one. */
    static Optional<Answer> read(byte[] bytes) {
      Unpacker in = new Unpacker(bytes);
      if (bytes.length == 0 || in.oneByte() != VERSION) {
        return Optional.empty();
      }
      Count count = Count.unpack(in);
      List<Integer> stored = new ArrayList<>();
      for (int left = in.length(); left > 0; left--) {
        stored.add(in.length());
      }
      return Optional.of(new Answer(count, stored));
    }
  }
}
