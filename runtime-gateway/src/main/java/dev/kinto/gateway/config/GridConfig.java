package dev.kinto.gateway.config;

import dev.kinto.gateway.grid.GridSettings;
import dev.kinto.gateway.grid.GridSettings.Client;
import dev.kinto.gateway.grid.GridSettings.Cluster;
import dev.kinto.gateway.grid.GridSettings.Embedded;
import dev.kinto.gateway.grid.GridSettings.GridTls;
import dev.kinto.gateway.grid.GridSettings.NodeAddress;
import dev.kinto.gateway.grid.GridSettings.Storage;
import dev.kinto.gateway.grid.Member;
import dev.kinto.gateway.tls.MutualTls;
import dev.kinto.gateway.tls.Pem;
import dev.kinto.gateway.tls.PemFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads where sessions are kept (contract C37, C43). */
final class GridConfig {
  private static final long DEFAULT_MEMORY = 1L << 30;
  private static final int DISCOVERY_PORT = 47500;
  private static final int DATA_PORT = 47100;
  private static final String EXAMPLE = "\"gateway-0.internal:47500\"";
  private static final String NAME = "[A-Za-z0-9._-]{1,64}";

  /** What is meant where something is wrong that cannot be read. */
  private static final Embedded NOTHING = new Embedded(Storage.ofMemory(DEFAULT_MEMORY));

  private enum Mode {
    EMBEDDED,
    CLUSTER,
    CLIENT
  }

  private GridConfig() {}

  static GridSettings read(Section section) {
    Mode mode = section.optional("mode", GridConfig::mode).orElse(Mode.EMBEDDED);
    GridSettings settings =
        switch (mode) {
          case EMBEDDED -> new Embedded(storage(section));
          case CLUSTER -> cluster(section);
          case CLIENT -> client(section);
        };
    section.refuseOthers();
    return settings;
  }

  private static Mode mode(String text) {
    return switch (text) {
      case "embedded" -> Mode.EMBEDDED;
      case "cluster" -> Mode.CLUSTER;
      case "client" -> Mode.CLIENT;
      default -> throw new IllegalArgumentException("embedded, cluster or client is wanted here.");
    };
  }

  private static Storage storage(Section section) {
    Optional<Path> persistence = section.optional("persistence", section::path);
    long least =
        persistence.isPresent() ? GridSettings.LEAST_MEMORY_OF_DISK : GridSettings.LEAST_MEMORY;
    return new Storage(
        section.optional("memory", Scalars.size(least, Long.MAX_VALUE)).orElse(DEFAULT_MEMORY),
        persistence,
        section.optional("fsync", text -> fsync(text, persistence)).orElse(false));
  }

  private static boolean fsync(String text, Optional<Path> persistence) {
    boolean flag = Scalars.flag(text);
    if (flag && persistence.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing is on the disk without grid.persistence. Set that, or leave this out.");
    }
    return flag;
  }

  private static GridSettings cluster(Section section) {
    Storage storage = storage(section);
    String name = name(section);
    NodeAddress address = address(section.section("address"));
    List<Member> members = members(section);
    Integer size = section.value("size", "the number of nodes", Scalars.number(1));
    Optional<Member> tiebreaker = section.optional("tiebreaker", Member::parse);
    int backups = backups(section, storage, size);
    Optional<GridTls> tls = tls(section);
    if (name == null || address == null || size == null) {
      return NOTHING;
    }
    requireTiebreaker(section, size, tiebreaker);
    if (backups >= size && size > 1) {
      section.found("backups", "there are " + size + " nodes, so there can be fewer copies only.");
    }
    requireClosed(section, "address.host", List.of(address.host()));
    return new Cluster(storage, name, address, members, size, tiebreaker, backups, tls);
  }

  /** With persistence a write has to be on the disks of a majority before it is acknowledged. */
  private static int backups(Section section, Storage storage, @Nullable Integer size) {
    int least = storage.persistence().isEmpty() || size == null ? 1 : Math.max(1, size / 2);
    int backups = section.number("backups", 1, least);
    if (backups < least) {
      section.found(
          "backups",
          "with persistence a write is on the disks of a majority of the "
              + size
              + " nodes: "
              + least
              + " or more are wanted. Leave this out.");
    }
    return backups;
  }

  private static GridSettings client(Section section) {
    String name = name(section);
    List<Member> members = members(section);
    Optional<GridTls> tls = tls(section);
    requireClosed(section, "members", members.stream().map(Member::host).toList());
    return name == null ? NOTHING : new Client(name, members, tls);
  }

  private static @Nullable String name(Section section) {
    return section.value(
        "name",
        "the grid's name",
        text -> {
          if (!text.matches(NAME)) {
            throw new IllegalArgumentException(
                "1 to 64 letters, digits, \".\", \"_\" or \"-\" are wanted.");
          }
          return text;
        });
  }

  private static List<Member> members(Section section) {
    return section.atLeastOne("members", EXAMPLE, Member::parse);
  }

  private static @Nullable NodeAddress address(Section section) {
    String host =
        section.value("host", "an address of this machine that the others reach", Hosts::own);
    int discovery = section.optional("discoveryPort", GridConfig::port).orElse(DISCOVERY_PORT);
    int data = section.optional("dataPort", GridConfig::port).orElse(DATA_PORT);
    OptionalInt client =
        section
            .optional("clientPort", GridConfig::port)
            .map(OptionalInt::of)
            .orElse(OptionalInt.empty());
    section.refuseOthers();
    return host == null ? null : new NodeAddress(host, discovery, data, client);
  }

  private static int port(String text) {
    int port = Scalars.port(text);
    if (port == 0) {
      throw new IllegalArgumentException("the others must know the port: 0 is none.");
    }
    return port;
  }

  private static void requireTiebreaker(Section section, int size, Optional<Member> tiebreaker) {
    if (size % 2 == 0 && tiebreaker.isEmpty()) {
      section.found(
          "size",
          "of an even number of nodes, half is no majority: name a member as \"tiebreaker\", whose"
              + " half goes on, or have an odd number.");
    }
    if (size % 2 == 1 && tiebreaker.isPresent()) {
      section.found("tiebreaker", "of an odd number of nodes one half is larger. Leave this out.");
    }
  }

  private static Optional<GridTls> tls(Section section) {
    if (!section.has("tls")) {
      return Optional.empty();
    }
    Section tls = section.section("tls");
    Path certificate = tls.value("certificate", "a PEM file", pem(tls, Pem::chain));
    Path key = tls.value("key", "a PEM file", pem(tls, Pem::privateKey));
    Path trust = tls.value("trust", "a PEM file", pem(tls, Pem::chain));
    tls.refuseOthers();
    if (certificate == null || key == null || trust == null) {
      return Optional.empty();
    }
    MutualTls mutual = new MutualTls(new PemFiles(certificate, key), trust);
    mutual.identityProblem().ifPresent(problem -> tls.found("certificate", problem));
    mutual.trustProblem().ifPresent(problem -> tls.found("trust", problem));
    return Optional.of(new GridTls(certificate, key, trust));
  }

  private static Function<String, Path> pem(Section section, Consumer<String> parse) {
    return text -> {
      Path file = section.path(text);
      parse.accept(Pem.read(file));
      return file;
    };
  }

  /**
   * Whoever reaches the ports of a grid without TLS may read and change every session.
   *
   * @param hosts what the key names
   */
  private static void requireClosed(Section section, String key, List<String> hosts) {
    boolean insecure = section.flag("insecure", false);
    if (insecure && section.has("tls")) {
      section.problem("insecure", "the grid has \"tls\", so it is not insecure. Leave this out.");
    }
    if (!insecure && !section.has("tls") && !hosts.stream().allMatch(Hosts::isLoopback)) {
      section.found(
          key,
          "other machines are reached by this, and whoever is on the way could read and change"
              + " every session. Give the grid \"tls\" (\"grid certificates\" makes a set for a"
              + " trial), or say \"insecure: true\".");
    }
  }
}
