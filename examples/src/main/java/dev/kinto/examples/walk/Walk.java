package dev.kinto.examples.walk;

import com.google.gson.JsonObject;
import dev.kinto.client.KintoClient;
import dev.kinto.client.MissingField;
import dev.kinto.client.SessionFieldRequiredException;
import java.io.IOException;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Walks through the product, showing each request and its answer, and checks what it shows.
 *
 * <p>Arguments: the address of the api listener, that of the public one, a client's id and its
 * secret. The exit code is 0 if everything was as it should be, else 1.
 */
public final class Walk {
  private static final MediaType JSON = MediaType.get("application/json");

  private final HttpUrl api;
  private final HttpUrl publicUrl;
  private final String clientId;
  private final String clientSecret;
  private final Transcript transcript = new Transcript(System.out);

  /** Calls without the SDK, where the point is what a stranger can do. */
  private final OkHttpClient plain =
      new OkHttpClient.Builder().eventListener(transcript.onTheWire()).build();

  private final RememberedToken token = new RememberedToken();
  private final KintoClient kinto;

  private Walk(String api, String publicUrl, String clientId, String clientSecret) {
    this.api = HttpUrl.get(api);
    this.publicUrl = HttpUrl.get(publicUrl);
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.kinto =
        KintoClient.builder(api, clientId, clientSecret).http(plain).tokenStore(token).build();
  }

  public static void main(String... args) {
    if (args.length != 4) {
      System.err.println("Usage: Walk API_URL PUBLIC_URL CLIENT_ID CLIENT_SECRET");
      System.exit(2);
    }
    try {
      new Walk(args[0], args[1], args[2], args[3]).walk();
      System.out.println("\nThe walk is over: everything was as it should be.");
    } catch (IOException | UnexpectedAnswerException e) {
      System.out.flush();
      System.err.println("\nThe walk failed: " + e.getMessage());
      System.exit(1);
    }
    // OkHttp keeps idle connections, and their threads, for a while.
    System.exit(0);
  }

  private void walk() throws IOException {
    callWithoutToken();
    obtainToken();
    readArticlesBeforeLogin();
    logIn();
    readArticles();
    pretendToBeSomebodyElse();
    callPublicUrl();
    endSession();
  }

  private void callWithoutToken() throws IOException {
    transcript.step("Behind the gateway nothing can be reached without a token.");
    Answer missing = call(plain, get("articles/articles"));
    missing.expectProblem(401, "token-missing");

    transcript.step("Nor with one that the gateway did not issue.");
    Request forged =
        get("articles/articles")
            .newBuilder()
            .header("Kinto-Authorization", "Bearer made-up-by-myself")
            .build();
    call(plain, forged).expectProblem(401, "token-invalid");
  }

  private void obtainToken() throws IOException {
    transcript.step(
        "A client application gets a token for its id and secret. The token names a session,"
            + " which is empty so far.");
    JsonObject client = new JsonObject();
    client.addProperty("clientId", clientId);
    client.addProperty("clientSecret", clientSecret);
    Answer answer = call(plain, post(api.newBuilder().addPathSegment("auth").build(), client));
    answer.expectStatus(200);
    answer.expect("a token", !answer.text("token").isEmpty());
  }

  private void readArticlesBeforeLogin() throws IOException {
    transcript.step(
        "The client SDK gets its token by itself, then calls. The route wants to know who is logged"
            + " in, and nobody is: the gateway does not even call the microservice, but names the"
            + " missing field and the route that provides it.");
    try (Response response = kinto.http().newCall(get("articles/articles")).execute()) {
      Answer answer = transcript.answer(response);
      answer.expectProblem(403, "session-field-required");
      List<MissingField> missing =
          SessionFieldRequiredException.from(response).orElseThrow().fields();
      answer.expect("the field auth-userId", missing.get(0).name().equals("auth-userId"));
      answer.expect(
          "its provider POST /auth/login", missing.get(0).providers().contains("POST /auth/login"));
    }
  }

  private void logIn() throws IOException {
    transcript.step(
        "So we log in. The microservice \"auth\" answers with the headers auth-userId and"
            + " auth-username; the gateway keeps them in the session, and the client never sees"
            + " them. The route is declared @RotatesToken, so the answer brings a new token, which"
            + " the SDK takes over: the one from before the login is dead.");
    String before = token.last();
    JsonObject credentials = new JsonObject();
    credentials.addProperty("username", "KintoUser");
    credentials.addProperty("password", "secret");
    Answer answer = call(kinto.http(), post(kinto.url("auth/login"), credentials));
    answer.expectStatus(200);
    answer.expect(
        "no session header in the answer", answer.headersBeginningWith("auth-").isEmpty());
    answer.expect("a new token", !token.last().equals(before));
  }

  private void readArticles() throws IOException {
    transcript.step(
        "The same call as before, and now the microservice \"articles\" is told who is asking. It"
            + " knows neither the token nor the password.");
    Answer answer = call(kinto.http(), get("articles/articles"));
    answer.expectStatus(200);
    JsonObject reader = answer.json().getAsJsonObject("reader");
    answer.expect("the reader's id 1", reader.get("userId").getAsString().equals("1"));
    answer.expect("the reader's name", reader.get("username").getAsString().equals("KintoUser"));
  }

  private void pretendToBeSomebodyElse() throws IOException {
    transcript.step(
        "A client may claim to be user 999, in any spelling; it is not believed. The route echoes"
            + " what the microservice was sent.");
    Request claim =
        get("articles/echo")
            .newBuilder()
            .header("auth-userId", "999")
            .header("Auth_UserId", "999")
            .build();
    Answer answer = call(kinto.http(), claim);
    answer.expectStatus(200);
    answer.expect("no trace of 999", !answer.body().contains("999"));
    JsonObject seen = answer.json().getAsJsonObject("headers");
    answer.expect(
        "auth-userId: 1",
        seen.entrySet().stream()
            .anyMatch(
                header ->
                    header.getKey().equalsIgnoreCase("auth-userId")
                        && header.getValue().getAsString().equals("1")));
  }

  private void callPublicUrl() throws IOException {
    transcript.step(
        "Webhooks and the like come without a token. They have an address of their own, with the"
            + " client's id in it, and only the routes that the configuration lists.");
    JsonObject notice = new JsonObject();
    notice.addProperty("event", "published");
    HttpUrl hook =
        publicUrl
            .newBuilder()
            .addPathSegment(clientId)
            .addPathSegments("articles/hooks/published")
            .build();
    call(plain, post(hook, notice)).expectStatus(202);
  }

  private void endSession() throws IOException {
    transcript.step("The application ends the session, and with it the token.");
    kinto.endSession();

    transcript.step("Whoever still has the token gets nowhere with it.");
    Request late =
        get("articles/articles")
            .newBuilder()
            .header("Kinto-Authorization", "Bearer " + token.last())
            .build();
    call(plain, late).expectProblem(401, "session-ended");
  }

  private Request get(String path) {
    return new Request.Builder().url(kinto.url(path)).build();
  }

  private static Request post(HttpUrl url, JsonObject body) {
    return new Request.Builder().url(url).post(RequestBody.create(body.toString(), JSON)).build();
  }

  private Answer call(OkHttpClient http, Request request) throws IOException {
    try (Response response = http.newCall(request).execute()) {
      return transcript.answer(response);
    }
  }
}
