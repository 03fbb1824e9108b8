package dev.kinto.client;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The gateway did not make a call, because the session lacks a field that the route requires
 * (contract C6): in most cases nobody is logged in. {@link #fields} tells what is missing, and
 * which routes provide it.
 */
public final class SessionFieldRequiredException extends ProblemException {
  private static final long serialVersionUID = 1L;
  private static final int STATUS = 403;

  private SessionFieldRequiredException(ProblemDetails problem) {
    super("The session lacks " + describe(problem.fields()), problem, 0);
  }

  /**
   * The error that an answer of the gateway stands for; empty if it is another answer. For callers
   * who do not go through {@link KintoClient#execute}. The answer stays open, and its body can
   * still be read.
   *
   * @throws IllegalStateException if the body cannot be read, as that of Retrofit's {@code raw()}:
   *     then {@link #from(int, String)} takes what {@code errorBody()} says
   */
  public static Optional<SessionFieldRequiredException> from(Response response) throws IOException {
    return response.code() == STATUS ? from(ProblemDetails.from(response)) : Optional.empty();
  }

  /**
   * The error that the text of an answer's body stands for; empty if it is another answer. With
   * Retrofit, where {@code e} is its {@code HttpException}: {@code from(e.code(),
   * e.response().errorBody().string())}.
   *
   * @param status the answer's HTTP status
   * @param body the text of its body; null is as good as an empty one
   */
  public static Optional<SessionFieldRequiredException> from(int status, @Nullable String body) {
    return status == STATUS ? from(ProblemDetails.from(status, body)) : Optional.empty();
  }

  private static Optional<SessionFieldRequiredException> from(Optional<ProblemDetails> answer) {
    return answer
        .filter(problem -> problem.code().equals("session-field-required"))
        .map(SessionFieldRequiredException::new);
  }

  /** The missing fields. */
  public List<MissingField> fields() {
    return problem().fields();
  }

  private static String describe(List<MissingField> fields) {
    return fields.stream().map(MissingField::toString).collect(Collectors.joining(", "));
  }
}
