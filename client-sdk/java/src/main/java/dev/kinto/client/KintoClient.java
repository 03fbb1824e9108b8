package dev.kinto.client;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import okhttp3.Authenticator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * A client application's way through a Kinto gateway: it obtains the token when it is first needed,
 * sends it with every call, and replaces it when the gateway asks for that (contract C39).
 *
 * <pre>{@code
 * KintoClient kinto =
 *     KintoClient.builder("https://api.example.com", "demo-android", clientSecret).build();
 * Request request = new Request.Builder().url(kinto.url("articles/articles")).build();
 * try (Response response = kinto.execute(request)) {
 *   System.out.println(response.body().string());
 * }
 * }</pre>
 *
 * <p>{@link #http()} is an ordinary {@link OkHttpClient}, so everything that builds upon OkHttp can
 * use it: {@code enqueue}, Retrofit ({@code new Retrofit.Builder().client(kinto.http())}), Coil.
 * The token goes to the gateway's origin (scheme, host and port) and nowhere else, also when the
 * gateway or a microservice redirects.
 *
 * <p>One instance is one session: one user. It is safe for use by many threads, which share the
 * token and at most one exchange with {@code /auth} at a time. Web sockets that {@link #http()}
 * opens carry the token too; {@link #token()} is for what does not call through OkHttp.
 */
public final class KintoClient {
  private final GatewayAddress gateway;
  private final String clientId;
  private final Tokens tokens;
  private final OkHttpClient http;

  private KintoClient(Builder builder) {
    gateway = builder.gateway;
    clientId = builder.clientId;
    tokens =
        new Tokens(
            new AuthEndpoint(builder.http, gateway.base(), clientId, builder.clientSecret),
            builder.store,
            builder.onSessionLost,
            builder.nanoClock);
    WebSocketHandshake webSocket =
        new WebSocketHandshake(gateway, tokens, builder.http.cookieJar());
    SessionInterceptor sessions =
        new SessionInterceptor(gateway, tokens, webSocket, builder.repeatCalls);
    Authenticator application = builder.http.authenticator();
    http =
        builder
            .http
            .newBuilder()
            // Behind the application's own: what they see has neither the token nor its repetition.
            .addInterceptor(sessions)
            .addNetworkInterceptor(new TokenInterceptor(gateway, tokens))
            // A token that the gateway refused is no affair of the application's.
            .authenticator(
                (route, response) ->
                    sessions.refusalOfToken(response) == null
                        ? application.authenticate(route, response)
                        : null)
            .cookieJar(webSocket)
            // An answer belongs to a session, and OkHttp's cache would give it to the next one too.
            .cache(null)
            .build();
  }

  /**
   * Starts a client.
   *
   * @param baseUrl the address of the gateway's api listener, for instance {@code
   *     https://api.example.com}
   * @param clientId the application's id, as the gateway's configuration names it
   * @param clientSecret the secret that belongs to it
   * @throws IllegalArgumentException if the address is no http or https URL
   */
  public static Builder builder(String baseUrl, String clientId, String clientSecret) {
    return new Builder(baseUrl, clientId, clientSecret);
  }

  /**
   * The OkHttp client whose calls to the gateway carry the token. A call in which no token can be
   * obtained fails with a {@link ProblemException}, a {@link ClientInvalidException} among them, or
   * another {@link IOException}. A cookie jar is set with {@link Builder#http}, not in a {@code
   * newBuilder()} of this client: there it would take the place of what keeps the token of a web
   * socket's handshake from other hosts.
   */
  public OkHttpClient http() {
    return http;
  }

  /**
   * The address of a path behind the gateway: {@code url("articles/articles/42")}, {@code
   * url("/articles/articles?page=2")}. It never leads elsewhere, whatever the text says; segments
   * that come from users are better added with {@code
   * url("articles").newBuilder().addPathSegment(…)}.
   *
   * @throws IllegalArgumentException if the text is no path and query, such as another host's
   *     address, or has what the gateway refuses in each path: empty segments, {@code .} and {@code
   *     ..}, backslashes, control characters (contract C21)
   */
  public HttpUrl url(String path) {
    return gateway.url(path);
  }

  /**
   * The token in use, obtained or rotated first where that is due, for what does not call through
   * {@link #http()}: a media player, a web view, another HTTP library. It goes into the header
   * {@code Kinto-Authorization: Bearer <token>}. Ask for it anew before each call: it changes.
   *
   * @throws IOException if no token can be obtained
   */
  public String token() throws IOException {
    return tokens.current(CallWait.WITHOUT_CALL).value();
  }

  /**
   * Makes a call and returns the answer, which the caller closes.
   *
   * @throws SessionFieldRequiredException if the gateway did not make the call because the session
   *     lacks a field, in most cases because nobody is logged in. Callers of {@link #http()} find
   *     out with {@link SessionFieldRequiredException#from}.
   */
  public Response execute(Request request) throws IOException {
    Response response = http.newCall(request).execute();
    Optional<SessionFieldRequiredException> refused = SessionFieldRequiredException.from(response);
    if (refused.isPresent()) {
      response.close();
      throw refused.get();
    }
    return response;
  }

  /**
   * Ends the session, at the gateway and here; the next call starts a new one. The token is
   * forgotten even if the gateway cannot be reached: then the session there ends by its idle time.
   *
   * @throws IOException if the gateway did not confirm the end
   */
  public void endSession() throws IOException {
    tokens.end();
  }

  /** Without the secret and the token, so that it may be logged. */
  @Override
  public String toString() {
    return "KintoClient{baseUrl=" + gateway.base() + ", clientId=" + clientId + "}";
  }

  /** What a client is made of. Everything that {@link #builder} did not ask for has a default. */
  public static final class Builder {
    private final GatewayAddress gateway;
    private final String clientId;
    private final String clientSecret;
    private OkHttpClient http = new OkHttpClient();
    private TokenStore store = TokenStore.inMemory();
    private Runnable onSessionLost = () -> {};
    private boolean repeatCalls;
    private LongSupplier nanoClock = System::nanoTime;

    private Builder(String baseUrl, String clientId, String clientSecret) {
      this.gateway = new GatewayAddress(baseUrl);
      this.clientId = requireNonNull(clientId);
      this.clientSecret = requireNonNull(clientSecret);
    }

    /**
     * The client to build upon: its pools, time-outs, proxy, and interceptors. The interceptors see
     * calls without the token, and none of the exchanges with {@code /auth}, which its
     * authenticator is not asked for and its event listener does not hear of. The authenticator is
     * asked for what microservices refuse, not for tokens that the gateway refuses. A cache is not
     * used.
     */
    public Builder http(OkHttpClient http) {
      this.http = requireNonNull(http);
      return this;
    }

    /**
     * Where the token outlives the process; by default it does not. A store that throws fails the
     * call if it cannot be read; what it does not write is tried again with the next calls.
     */
    public Builder tokenStore(TokenStore store) {
      this.store = requireNonNull(store);
      return this;
    }

    /**
     * Told once for each session that ended without {@link #endSession}: the user is no longer
     * logged in. It runs on the thread of the call that found out, before that call is repeated or
     * answered, and may make calls itself, for instance to log in again. What it throws is logged.
     */
    public Builder onSessionLost(Runnable listener) {
      this.onSessionLost = requireNonNull(listener);
      return this;
    }

    /**
     * Whether a call that was refused because the session had ended is made again in the new
     * session. By default it is not, and the caller gets the 401: the fields that the user's
     * actions put into the session are gone. A call tagged {@link SessionUse#NONE} is always
     * repeated. A body that can be sent only once is never sent again.
     */
    public Builder repeatCallsAfterSessionLost(boolean repeat) {
      this.repeatCalls = repeat;
      return this;
    }

    /** The clock by which tokens grow old, in nanoseconds; for tests. */
    Builder nanoClock(LongSupplier nanoClock) {
      this.nanoClock = nanoClock;
      return this;
    }

    /** Builds the client; nothing is sent yet. */
    public KintoClient build() {
      return new KintoClient(this);
    }
  }
}
