package dev.kinto.gateway.accesslog;

import dev.kinto.gateway.config.AccessLogConfig;
import dev.kinto.gateway.observe.Deferred;
import dev.kinto.gateway.observe.Observer;
import dev.kinto.gateway.observe.RequestRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Writes a line for each request, a moment later and on a thread of its own (contract C47). Without
 * a configuration it writes none. Safe for use by any number of threads.
 */
public final class AccessLog implements Observer, AutoCloseable {
  private volatile Optional<Writing> writing;

  /** One kind of log, until the configuration is another. */
  private record Writing(AccessLogConfig config, LogFile file, Deferred lines) {
    static Writing of(AccessLogConfig config) {
      LogFile file = new LogFile(config.file());
      LineFormat format =
          switch (config.format()) {
            case JSON -> new JsonLine();
            case COMBINED -> new CombinedLine();
          };
      return new Writing(
          config,
          file,
          new Deferred("access-log", some -> file.write(lines(some, format)), file::close));
    }

    private static byte[] lines(List<RequestRecord> some, LineFormat format) {
      StringBuilder text = new StringBuilder(some.size() * 256);
      some.forEach(request -> text.append(format.line(request)).append('\n'));
      return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    void close() {
      lines.close();
    }
  }

  /** A log; none, if it is empty. */
  public AccessLog(Optional<AccessLogConfig> config) {
    this.writing = config.map(Writing::of);
  }

  /** Opens the file again, which whoever renamed it waits for. */
  public void reopen() {
    writing.ifPresent(now -> now.file().reopen());
  }

  /** Takes another configuration, if it is another one. */
  public synchronized void reload(Optional<AccessLogConfig> config) {
    Optional<Writing> before = writing;
    if (!before.map(Writing::config).equals(config)) {
      writing = config.map(Writing::of);
      before.ifPresent(Writing::close);
    }
  }

  @Override
  public boolean listens() {
    return writing.isPresent();
  }

  @Override
  public void ended(RequestRecord request) {
    Optional<Writing> now = writing;
    if (now.isPresent()) {
      now.get().lines().ended(request);
    }
  }

  /** Writes what is left. */
  @Override
  public void close() {
    writing.ifPresent(Writing::close);
  }
}
