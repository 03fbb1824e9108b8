package dev.kinto.client;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import okhttp3.Response;

/**
 * The gateway did not make a call, because the session lacks a field that the route requires
 * (contract C6): in most cases nobody is logged in. {@link #fields} tells what is missing, and
 * which routes provide it.
 */
public final class SessionFieldRequiredException extends ProblemException {
  private static final long serialVersionUID = 1L;

  private SessionFieldRequiredException(ProblemDetails problem) {
    super("The session lacks " + describe(problem.fields()), problem);
  }

  /**
   * The error that an answer of the gateway stands for; empty if it is another answer. For callers
   * who do not go through {@link KintoClient#execute}. The answer stays open, and its body can
   * still be read.
   */
  public static Optional<SessionFieldRequiredException> from(Response response) throws IOException {
    if (response.code() != 403) {
      return Optional.empty();
    }
    return ProblemDetails.from(response)
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
