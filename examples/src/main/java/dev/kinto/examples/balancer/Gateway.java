package dev.kinto.examples.balancer;

import java.io.IOException;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** A gateway that is asked again and again whether it is ready. */
final class Gateway {
  private static final Duration INTERVAL = Duration.ofMillis(300);

  private final OkHttpClient http = new OkHttpClient.Builder().callTimeout(INTERVAL).build();
  private final String api;
  private final Request question;
  private volatile boolean ready;

  Gateway(String api, String admin) {
    this.api = api;
    this.question = new Request.Builder().url(admin + "/health/ready").build();
  }

  String api() {
    return api;
  }

  boolean ready() {
    return ready;
  }

  /** It gets nothing more until it says again that it is ready. */
  void failed() {
    ready = false;
  }

  void watch() {
    try {
      while (true) {
        ready = ask();
        Thread.sleep(INTERVAL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean ask() {
    try (Response response = http.newCall(question).execute()) {
      return response.isSuccessful();
    } catch (IOException e) {
      return false;
    }
  }
}
