package dev.kinto.gateway.observe;

import dev.kinto.gateway.observe.RequestRecord.Injected;
import dev.kinto.gateway.observe.RequestRecord.Missing;
import dev.kinto.gateway.observe.RequestRecord.Removed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request's record as one array of bytes, as {@link RecentRequests} keeps it. As objects a record
 * is some twenty, all of which the collector would copy for as long as they are kept; so they die
 * with the request, and what is kept is counted to the byte.
 *
 * <p>Numbers are big-endian, texts UTF-8 with their length in front. The request id comes first, so
 * that a record is found without being read.
 */
final class RecordBytes {
  private static final int USUAL = 1024;
  private static final int LARGE = 8 * USUAL;

  /** What nobody writes with at the moment, so that not each record takes a new one. */
  private static final AtomicReference<@Nullable RecordBytes> SPARE = new AtomicReference<>();

  private ByteBuffer bytes;

  private RecordBytes(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  static byte[] of(RequestRecord request) {
    RecordBytes spare = SPARE.getAndSet(null);
    RecordBytes out = spare == null ? new RecordBytes(ByteBuffer.allocate(USUAL)) : spare;
    out.bytes.clear();
    out.write(request);
    byte[] kept = Arrays.copyOf(out.bytes.array(), out.bytes.position());
    if (out.bytes.capacity() <= LARGE) {
      SPARE.set(out);
    }
    return kept;
  }

  static RequestRecord read(byte[] kept) {
    return new RecordBytes(ByteBuffer.wrap(kept)).read();
  }

  /** Whether these are the bytes of the request of this id. */
  static boolean isOf(byte[] kept, String requestId) {
    return new RecordBytes(ByteBuffer.wrap(kept)).text().equals(requestId);
  }

  private void write(RequestRecord request) {
    put(request.requestId());
    put(request.began());
    put(request.listener());
    put(request.protocol());
    put(request.address());
    put(request.client());
    put(request.environment());
    put(request.session().isPresent() ? 1 : 0);
    request.session().ifPresent(this::put);
    put(request.route().environment());
    put(request.route().service());
    put(request.route().declared());
    put(request.route().called());
    put(request.method());
    put(request.path());
    put(request.injected(), RecordBytes::put);
    put(request.config(), RecordBytes::put);
    put(request.removed(), RecordBytes::put);
    put(request.missing(), RecordBytes::put);
    put(request.written(), RecordBytes::put);
    put(request.undeclared(), RecordBytes::put);
    put(request.upstream().text());
    put(request.upstream().host());
    put(request.upstream().port());
    put(request.upstream().address());
    put(request.upstreamAfter().toNanos());
    put(request.upstreamTime().toNanos());
    put(request.status());
    put(request.code());
    put(request.detail());
    put(request.bytes());
    put(request.time().toNanos());
    put(request.trace().traceId());
    put(request.trace().parentId());
    put(request.trace().spanId());
    put(request.trace().callId());
    put(request.trace().flags());
  }

  private RequestRecord read() {
    String requestId = text();
    return new RequestRecord(
        Instant.ofEpochSecond(bytes.getLong(), bytes.getInt()),
        requestId,
        text(),
        text(),
        text(),
        text(),
        text(),
        bytes.getInt() == 0
            ? Optional.empty()
            : Optional.of(new UUID(bytes.getLong(), bytes.getLong())),
        new RouteName(text(), text(), text(), text()),
        text(),
        text(),
        list(in -> new Injected(in.text(), in.text())),
        list(RecordBytes::text),
        list(in -> new Removed(in.text(), in.text())),
        list(in -> new Missing(in.text(), in.list(RecordBytes::text))),
        list(RecordBytes::text),
        list(RecordBytes::text),
        new UpstreamName(text(), text(), bytes.getInt(), text()),
        Duration.ofNanos(bytes.getLong()),
        Duration.ofNanos(bytes.getLong()),
        bytes.getInt(),
        text(),
        text(),
        bytes.getLong(),
        Duration.ofNanos(bytes.getLong()),
        new TraceContext(text(), text(), text(), text(), text()));
  }

  private void put(Injected field) {
    put(field.field());
    put(field.value());
  }

  private void put(Removed header) {
    put(header.name());
    put(header.owner());
  }

  private void put(Missing field) {
    put(field.field());
    put(field.providers(), RecordBytes::put);
  }

  private void put(Instant time) {
    put(time.getEpochSecond());
    put(time.getNano());
  }

  private void put(UUID id) {
    put(id.getMostSignificantBits());
    put(id.getLeastSignificantBits());
  }

  private <T> void put(List<T> list, BiConsumer<RecordBytes, T> each) {
    put(list.size());
    for (int i = 0; i < list.size(); i++) {
      each.accept(this, list.get(i));
    }
  }

  private void put(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    put(encoded.length);
    room(encoded.length).put(encoded);
  }

  private void put(int number) {
    room(Integer.BYTES).putInt(number);
  }

  private void put(long number) {
    room(Long.BYTES).putLong(number);
  }

  private ByteBuffer room(int more) {
    if (bytes.remaining() < more) {
      int length = Math.max(2 * bytes.capacity(), bytes.position() + more);
      bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), length)).position(bytes.position());
    }
    return bytes;
  }

  private String text() {
    int length = bytes.getInt();
    String text = new String(bytes.array(), bytes.position(), length, StandardCharsets.UTF_8);
    bytes.position(bytes.position() + length);
    return text;
  }

  private <T> List<T> list(Function<RecordBytes, T> each) {
    int size = bytes.getInt();
    List<T> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(each.apply(this));
    }
    return list;
  }
}
