package dev.kinto.gateway.session;

import java.util.UUID;

/**
 * Searches for sessions on all nodes of the grid. The node that it is sent to asks the others
 * meanwhile, so it is sent again until there is an answer.
 *
 * @param id random, the same in each try
 * @param search what is asked
 */
record Look(UUID id, SessionSearch search) implements Operation {
  static final int KIND = 9;

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public void pack(Packer out) {
    out.key(id).raw(search.toBytes());
  }

  static Look unpack(Unpacker in) {
    UUID id = in.key();
    return new Look(id, SessionSearch.read(in.rest()).orElseThrow());
  }
}
