package dev.kinto.examples.walk;

import com.google.gson.JsonObject;
import dev.kinto.client.KintoClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Logs in through a balancer, kills gateways, and shows that the session lives on. Whoever started
 * the gateways starts those again that are killed.
 *
 * <p>Arguments: the balancer's address, a client's id and its secret, and for each gateway the
 * address of its api listener and a file with its process id. The exit code is 0 if everything was
 * as it should be, else 1.
 */
public final class ClusterWalk {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Transcript transcript = new Transcript(System.out);
  private final RememberedToken token = new RememberedToken();
  private final List<HttpUrl> gateways = new ArrayList<>();
  private final List<Path> processes = new ArrayList<>();
  private final OkHttpClient plain =
      new OkHttpClient.Builder().eventListener(transcript.onTheWire()).build();
  private final KintoClient kinto;

  private ClusterWalk(String... args) {
    kinto = KintoClient.builder(args[0], args[1], args[2]).http(plain).tokenStore(token).build();
    for (int i = 3; i + 1 < args.length; i += 2) {
      gateways.add(HttpUrl.get(args[i]));
      processes.add(Path.of(args[i + 1]));
    }
  }

  public static void main(String... args) {
    if (args.length < 7) {
      System.err.println(
          "Usage: ClusterWalk BALANCER_URL CLIENT_ID CLIENT_SECRET API_URL PID_FILE API_URL"
              + " PID_FILE...");
      System.exit(2);
    }
    try {
      new ClusterWalk(args).walk();
      System.out.println("\nThe walk is over: the session outlived every gateway.");
    } catch (IOException | InterruptedException | UnexpectedAnswerException e) {
      System.out.flush();
      System.err.println("\nThe walk failed: " + e.getMessage());
      System.exit(1);
    }
    // OkHttp keeps idle connections, and their threads, for a while.
    System.exit(0);
  }

  private void walk() throws IOException, InterruptedException {
    logIn();
    askEachGateway();
    for (int i = 0; i < gateways.size(); i++) {
      kill(i);
    }
    endSession();
  }

  private void logIn() throws IOException {
    transcript.step(
        "We log in through the balancer. The request goes to one of the gateways; the session is in"
            + " the grid that they form together.");
    JsonObject credentials = new JsonObject();
    credentials.addProperty("username", "KintoUser");
    credentials.addProperty("password", "secret");
    call(kinto.http(), post("auth/login", credentials)).expectStatus(200);
  }

  private void askEachGateway() throws IOException {
    transcript.step("Each gateway knows the session.");
    for (HttpUrl gateway : gateways) {
      expectUser(call(plain, toOne(gateway, "articles/echo")));
    }
  }

  private void kill(int which) throws IOException, InterruptedException {
    int number = which + 1;
    long pid = Long.parseLong(Files.readString(processes.get(which)).strip());
    transcript.step(
        "kill -9 of gateway " + number + " (process " + pid + "). At once we publish something.");
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
    JsonObject draft = new JsonObject();
    draft.addProperty("title", title(number));
    Answer published = call(kinto.http(), post("articles/articles", draft));
    published.expectStatus(201);

    transcript.step(
        "Gateway " + number + " is started again. As soon as it serves it knows what it missed.");
    awaitStart(which, pid);
    Answer last = call(plain, toOne(gateways.get(which), "articles/articles/last"));
    last.expectStatus(200);
    last.expect("what was published last", last.text("title").equals(title(number)));
  }

  private static String title(int number) {
    return "Written while gateway " + number + " was away";
  }

  /** Waits until another process answers in the place of one that was killed. */
  private void awaitStart(int which, long killed) throws IOException, InterruptedException {
    OkHttpClient quiet = new OkHttpClient();
    long began = System.nanoTime();
    while (true) {
      try (Response response =
          quiet.newCall(toOne(gateways.get(which), "articles/echo")).execute()) {
        if (response.isSuccessful()) {
          return;
        }
      } catch (IOException e) {
        // It does not listen yet.
      }
      if (System.nanoTime() - began > START_LIMIT.toNanos()) {
        throw new IOException("in place of process " + killed + " none serves");
      }
      Thread.sleep(200);
    }
  }

  private void endSession() throws IOException {
    transcript.step("We log out, and no gateway knows the session any more.");
    kinto.endSession();
    for (HttpUrl gateway : gateways) {
      call(plain, toOne(gateway, "articles/echo")).expectProblem(401, "session-ended");
    }
  }

  private static void expectUser(Answer answer) {
    answer.expectStatus(200);
    answer.expect(
        "the user's id", answer.body().toLowerCase(Locale.ROOT).contains("\"auth-userid\":\"1\""));
  }

  private Request toOne(HttpUrl gateway, String path) {
    return new Request.Builder()
        .url(gateway.newBuilder().addPathSegments(path).build())
        .header("Kinto-Authorization", "Bearer " + token.last())
        .build();
  }

  private Request post(String path, JsonObject body) {
    return new Request.Builder()
        .url(kinto.url(path))
        .post(RequestBody.create(body.toString(), JSON))
        .build();
  }

  private Answer call(OkHttpClient http, Request request) throws IOException {
    try (Response response = http.newCall(request).execute()) {
      return transcript.answer(response);
    }
  }
}
