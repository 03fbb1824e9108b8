package dev.kinto.gateway.admin;

import dev.kinto.gateway.grid.GridMemory;
import java.util.List;
import java.util.Optional;

/** The answer of {@code GET /api/grid}. */
@Doc("Where sessions are kept, as this gateway sees it.")
record GridView(
    @Doc("EMBEDDED: in this gateway; CLUSTER: in several together; CLIENT: in data nodes")
        Mode mode,
    @Doc("Whether sessions can be read at the moment") boolean available,
    @Doc("How full the memory for sessions is, and the disk; absent: nobody can say at the moment")
        Optional<GridMemory> memory,
    @Doc("What an operator should know of that, and how to mend it") Optional<String> remark,
    @Doc("How many sessions the node of this gateway keeps, copies not counted") long sessions,
    @Doc("How many nodes there are meant to be, if that is configured") Optional<Integer> size,
    @Doc("The nodes that keep sessions, as far as this gateway sees") List<NodeView> nodes) {

  /** How a grid is made up. */
  enum Mode {
    EMBEDDED,
    CLUSTER,
    CLIENT
  }

  @Doc("A node that keeps sessions.")
  record NodeView(
      @Doc("Where others of the grid reach it") String address,
      @Doc("Whether it is in the gateway that is asked") boolean self) {}
}
