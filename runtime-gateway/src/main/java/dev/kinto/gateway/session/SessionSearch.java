package dev.kinto.gateway.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A question for sessions, which every node answers of those that it is the first owner of. Its
 * bytes never change their meaning (contract C37b).
 *
 * @param environment of this environment; empty: of any
 * @param clientId of this client; empty: of any
 * @param value those that have this value; empty: all
 * @param after from where on
 * @param limit how many at most
 * @param now those that live at this time, in milliseconds since the epoch
 */
record SessionSearch(
    Optional<String> environment,
    Optional<String> clientId,
    Optional<FieldValue> value,
    SearchPlace after,
    int limit,
    long now) {
  /** The first byte, by which nodes tell it from a {@link CountQuestion}. */
  static final int VERSION = 2;

  byte[] toBytes() {
    Packer out = new Packer().oneByte(VERSION);
    out.text(environment.orElse("")).text(clientId.orElse(""));
    out.oneByte(value.isPresent() ? 1 : 0);
    value.ifPresent(each -> out.text(each.field()).key(each.term()));
    after.pack(out);
    return out.length(limit).sixBytes(now).toBytes();
  }

  /** The question of these bytes; empty if it is another one. */
  static Optional<SessionSearch> read(byte[] bytes) {
    Unpacker in = new Unpacker(bytes);
    return in.oneByte() == VERSION ? Optional.of(unpack(in)) : Optional.empty();
  }

  private static SessionSearch unpack(Unpacker in) {
    return new SessionSearch(
        text(in),
        text(in),
        in.oneByte() == 1 ? Optional.of(new FieldValue(in.text(), in.key())) : Optional.empty(),
        SearchPlace.unpack(in),
        in.length(),
        in.sixBytes());
  }

  private static Optional<String> text(Unpacker in) {
    return Optional.of(in.text()).filter(text -> !text.isEmpty());
  }

  /** Whether a session is one of those that are asked for. */
  boolean matches(SessionEntry entry) {
    return entry.alive(now)
        && environment.filter(name -> !name.equals(entry.environment())).isEmpty()
        && clientId.filter(id -> !id.equals(entry.clientId())).isEmpty()
        && value.filter(each -> !each.isIn(entry)).isEmpty();
  }

  /**
   * A session that was found.
   *
   * @param partition where it lies
   * @param key its key
   */
  record Found(int partition, UUID key) {
    static final Comparator<Found> ORDER =
        Comparator.comparingInt(Found::partition).thenComparing(Found::key);

    SearchPlace place() {
      return new SearchPlace(partition, Optional.of(key));
    }
  }

  /**
   * What was found.
   *
   * @param indexed whether the field that was asked for is indexed there
   * @param found in order
   * @param next from where on to search for more; empty: that is all
   */
  record Answer(boolean indexed, List<Found> found, Optional<SearchPlace> next) {
    byte[] toBytes() {
      Packer out = new Packer().oneByte(VERSION).oneByte(indexed ? 1 : 0).length(found.size());
      found.forEach(each -> out.length(each.partition()).key(each.key()));
      out.oneByte(next.isPresent() ? 1 : 0);
      next.ifPresent(each -> each.pack(out));
      return out.toBytes();
    }

    /** The answer of these bytes; empty if a node of another version does not know one. */
    static Optional<Answer> read(byte[] bytes) {
      Unpacker in = new Unpacker(bytes);
      if (bytes.length == 0 || in.oneByte() != VERSION) {
        return Optional.empty();
      }
      boolean indexed = in.oneByte() == 1;
      List<Found> found = new ArrayList<>();
      for (int left = in.length(); left > 0; left--) {
        found.add(new Found(in.length(), in.key()));
      }
      return Optional.of(
          new Answer(
              indexed,
              List.copyOf(found),
              in.oneByte() == 1 ? Optional.of(SearchPlace.unpack(in)) : Optional.empty()));
    }

    /** What several nodes found: it goes as far as the one that has come least far. */
    static Answer merged(List<Answer> all, int limit) {
      Optional<SearchPlace> reached =
          all.stream()
              .flatMap(each -> each.next().stream())
              .reduce((one, other) -> one.isBefore(other) ? one : other);
      List<Found> found =
          all.stream()
              .flatMap(each -> each.found().stream())
              .filter(
                  each -> reached.filter(to -> !to.covers(each.partition(), each.key())).isEmpty())
              .sorted(Found.ORDER)
              .toList();
      boolean indexed = all.stream().allMatch(Answer::indexed);
      return found.size() > limit
          ? new Answer(
              indexed,
              List.copyOf(found.subList(0, limit)),
              Optional.of(found.get(limit - 1).place()))
          : new Answer(indexed, found, reached);
    }
  }
}
