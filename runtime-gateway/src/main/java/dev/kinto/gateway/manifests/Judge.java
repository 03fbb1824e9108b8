package dev.kinto.gateway.manifests;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The one platform thread on which what microservices show is read and judged. A virtual thread
 * would keep its carrier for as long as it computes, and requests need the carriers; this one is
 * interrupted by the operating system, and is one however many microservices show something.
 */
final class Judge implements AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("kinto-manifest-judge").factory());

  /**
   * Does the work there, one after the other, and waits for it.
   *
   * @throws ExecutionException if the work throws
   */
  <T> T call(Callable<T> work) throws InterruptedException, ExecutionException {
    Future<T> result = thread.submit(work);
    try {
      return result.get();
    } finally {
      result.cancel(true);
    }
  }

  /** What has not begun is not done any more. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
