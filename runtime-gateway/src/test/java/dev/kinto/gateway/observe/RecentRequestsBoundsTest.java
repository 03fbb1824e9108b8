package dev.kinto.gateway.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kinto.gateway.observe.RecentRequests.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The ring's bounds, in count and in bytes (contract C45). */
class RecentRequestsBoundsTest {
  private static void add(RecentRequests requests, int id, String path) {
    new Observation(
            new Observers(List.of(requests)),
            "r" + id,
            "api",
            "HTTP/1.1",
            "GET",
            path,
            "::1",
            List.of())
        .ended(200, 0);
  }

  private static List<String> ids(RecentRequests requests) {
    List<String> ids = new ArrayList<>();
    requests
        .list(Filter.ALL, Integer.MAX_VALUE, OptionalLong.empty())
        .requests()
        .forEach(each -> ids.add(each.requestId()));
    return ids;
  }

  @Test
  void theOldestGoAtTheCount() {
    RecentRequests requests = new RecentRequests(3, 1 << 20);
    for (int id = 0; id < 5; id++) {
      add(requests, id, "/");
    }
    assertEquals(List.of("r4", "r3", "r2"), ids(requests));
    assertTrue(requests.find("r1").isEmpty());
    assertEquals("r3", requests.find("r3").orElseThrow().requestId());
  }

  @Test
  void pagesGoOnWhereTheOneBeforeEndedThoughOthersCome() {
    RecentRequests requests = new RecentRequests(10, 1 << 20);
    for (int id = 0; id < 7; id++) {
      add(requests, id, "/");
    }
    List<String> ids = new ArrayList<>();
    OptionalLong from = OptionalLong.empty();
    do {
      RecentRequests.Page page = requests.list(Filter.ALL, 3, from);
      page.requests().forEach(each -> ids.add(each.requestId()));
      from = page.next();
      add(requests, 100 + ids.size(), "/");
    } while (from.isPresent());

    assertEquals(List.of("r6", "r5", "r4", "r3", "r2", "r1", "r0"), ids);
  }

  @Test
  void theOldestGoSoonerIfTheyTakeTooMuch() {
    RecentRequests requests = new RecentRequests(1_000, 40_000);
    for (int id = 0; id < 5_000; id++) {
      add(requests, id, "/");
    }
    add(requests, 5_000, "/" + "x".repeat(38_000));
    List<String> left = ids(requests);
    assertEquals("r5000", left.getFirst());
    assertTrue(left.size() < 25, left.toString());
    for (int id = 5_001; id < 6_000; id++) {
      add(requests, id, "/");
    }
    assertEquals("r5999", ids(requests).getFirst());
    assertTrue(ids(requests).size() > 50, "there is room again");
  }

  /** Who makes room holds a lock, and looks for what is old: not every request shall. */
  @Test
  void whoFindsNoRoomMakesItForOthersToo() {
    RecentRequests requests = new RecentRequests(10_000, 1 << 17);
    int before = 0;
    int madeRoom = 0;
    for (int id = 0; id < 1_000; id++) {
      add(requests, id, "/");
      int now = ids(requests).size();
      madeRoom += now <= before ? 1 : 0;
      before = now;
    }
    assertTrue(before < 600, before + " are left");
    assertTrue(madeRoom > 0 && madeRoom < 300, madeRoom + " requests made room");
  }

  @Test
  void manyThreadsAddAtOnce() {
    RecentRequests requests = new RecentRequests(100, 15_000);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < 8; thread++) {
        int first = thread * 10_000;
        threads.execute(
            () -> {
              for (int id = first; id < first + 5_000; id++) {
                add(requests, id, "/");
              }
            });
      }
    }
    for (int id = 100_000; id < 100_010; id++) {
      add(requests, id, "/");
    }
    assertEquals("r100009", ids(requests).getFirst());
    assertTrue(ids(requests).size() <= 100);
  }
}
