package dev.kinto.client;

import static dev.kinto.client.KintoClientTest.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Stores and listeners of an application that throw lose no token and crash no thread (C39). What
 * breaks here leaves calls waiting, so that each test has a limit, far beyond what it needs.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FailingCallbacksTest {
  @AutoClose private final FakeGateway gateway = new FakeGateway();
  private final BrokenStore store = new BrokenStore();
  private final AtomicInteger lost = new AtomicInteger();
  private final KintoClient kinto =
      gateway
          .client()
          .tokenStore(store)
          .onSessionLost(
              () -> {
                lost.incrementAndGet();
                throw store.failure(new GeneralSecurityException("the listener's"));
              })
          .build();
  private final List<Throwable> crashes = new CopyOnWriteArrayList<>();
  private final Logger logger = Logger.getLogger("dev.kinto.client");
  private final List<LogRecord> log = new CopyOnWriteArrayList<>();
  private final Handler handler = new LogList();

  @BeforeEach
  void watch() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> crashes.add(e));
  }

  @AfterEach
  void stop() {
    Thread.setDefaultUncaughtExceptionHandler(null);
    logger.setUseParentHandlers(true);
    logger.removeHandler(handler);
    assertEquals(List.of(), crashes);
  }

  @Test
  void storeThatCannotWriteCostsNothingButItsCopy() throws Exception {
    store.broken = true;
    store.loads = true;
    assertEquals(200, enqueued("a/x"));
    assertEquals(200, enqueued("a/x"));
    assertEquals(1, gateway.count("POST /auth"));
    assertEquals("", store.token);
    // Said once, without the token that the store's message quotes.
    assertEquals(1, log.size());
    assertFalse(log.get(0).getThrown().toString().contains("token-1"));

    store.broken = false;
    assertEquals(200, enqueued("a/x"));
    assertEquals("token-1", store.token);
  }

  @Test
  void listenerIsToldThoughTheStoreFails() throws Exception {
    get(kinto, "a/x");
    store.broken = true;
    gateway.endSession("token-1");
    assertEquals(401, enqueued("a/x"));
    assertEquals(1, lost.get());
    assertEquals(200, enqueued("a/x"));
    assertEquals("token-1", store.token);
    store.broken = false;
    get(kinto, "a/x");
    assertEquals("token-2", store.token);
  }

  /** With a new session in its place, the user of the stored one would be logged out. */
  @Test
  void storeThatCannotBeReadFailsTheCallAndKeepsItsToken() throws Exception {
    String kept = gateway.issue();
    store.token = kept;
    store.broken = true;
    IOException e = assertThrows(IOException.class, () -> get(kinto, "a/x"));
    assertTrue(e.getMessage().contains("TokenStore failed in load()"), e.getMessage());
    assertEquals(List.of(), gateway.calls());
    store.broken = false;
    assertEquals(200, enqueued("a/x"));
    assertEquals(List.of("PUT /auth " + kept, "GET /a/x token-2"), gateway.calls());
  }

  /** Of a native library that is absent, of Kotlin's TODO(). */
  @Test
  void errorsAreFailuresLikeOthers() throws Exception {
    store.failure = new UnsatisfiedLinkError("the store's");
    store.broken = true;
    assertThrows(ExecutionException.class, () -> enqueued("a/x"));
    store.loads = true;
    assertEquals(200, enqueued("a/x"));
    gateway.endSession("token-1");
    assertEquals(401, enqueued("a/x"));
    assertEquals(1, lost.get());
    assertEquals(200, enqueued("a/x"));
  }

  @Test
  void cookieJarThatThrowsFailsTheCall() {
    CookieJar broken =
        new CookieJar() {
          @Override
          public List<Cookie> loadForRequest(HttpUrl url) {
            throw new IllegalStateException("the cookie jar's");
          }

          @Override
          public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {}
        };
    OkHttpClient http = new OkHttpClient.Builder().cookieJar(broken).build();
    KintoClient client = gateway.client().http(http).build();
    assertThrows(IOException.class, () -> get(client, "a/x"));
  }

  private int enqueued(String path) throws Exception {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    kinto
        .http()
        .newCall(new Request.Builder().url(kinto.url(path)).build())
        .enqueue(
            new Callback() {
              @Override
              public void onFailure(Call call, IOException e) {
                status.completeExceptionally(e);
              }

              @Override
              public void onResponse(Call call, Response response) {
                response.close();
                status.complete(response.code());
              }
            });
    return status.get();
  }

  @SuppressWarnings("unchecked") // As Kotlin throws.
  private static <E extends Throwable> RuntimeException sneaky(Throwable e) throws E {
    throw (E) e;
  }

  private static final class BrokenStore implements TokenStore {
    volatile boolean broken;
    volatile boolean loads;
    volatile @Nullable Throwable failure;
    volatile String token = "";

    @Override
    public Optional<String> load() {
      if (broken && !loads) {
        throw failure(new GeneralSecurityException("no key for " + token));
      }
      return Optional.of(token).filter(value -> !value.isEmpty());
    }

    @Override
    public void save(String token) {
      if (broken) {
        throw failure(new IOException("cannot write " + token));
      }
      this.token = token;
    }

    @Override
    public void clear() {
      if (broken) {
        throw failure(new IllegalStateException("cannot clear"));
      }
      token = "";
    }

    private RuntimeException failure(Exception usual) {
      Throwable other = failure;
      return sneaky(other == null ? usual : other);
    }
  }

  private final class LogList extends Handler {
    @Override
    public void publish(LogRecord entry) {
      log.add(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
