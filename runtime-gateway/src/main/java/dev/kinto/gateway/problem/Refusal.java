package dev.kinto.gateway.problem;

import dev.kinto.manifest.FieldName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The gateway answers a request itself, with an error. Each step on a request's way may throw one;
 * {@link ProblemWriter} makes the answer of it in one place.
 *
 * <p>A refusal is an expected outcome: it has no stack trace. Its detail is for the client and
 * names no internals; its cause is for the log.
 */
public sealed class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;
  private String route = "";
  private String upstream = "";

  /** Refuses with a detail for the client. */
  public Refusal(ProblemCode code, String detail) {
    this(code, detail, null);
  }

  /** Refuses with a detail for the client and a cause for the log. */
  public Refusal(ProblemCode code, String detail, @Nullable Throwable cause) {
    super(detail, cause, false, false);
    this.code = code;
  }

  /** Why. */
  public ProblemCode code() {
    return code;
  }

  /**
   * Says for the log what was called, unless that was said already.
   *
   * @param calledRoute for instance {@code GET /orders/{id} of demo/shop}
   */
  public Refusal of(String calledRoute) {
    route = route.isEmpty() ? calledRoute : route;
    return this;
  }

  /** Says for the log which upstream had to do with it, unless that was said already. */
  public Refusal at(String address) {
    upstream = upstream.isEmpty() ? address : upstream;
    return this;
  }

  /** The route and the microservice that were called; empty if it did not come to that. */
  public String route() {
    return route;
  }

  /** The address of the upstream that was called; empty if it did not come to that. */
  public String upstream() {
    return upstream;
  }

  /** What happened this time, for the client's developer. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  /** The method is not among those that the path allows (RFC 9110, section 15.5.6). */
  public static final class MethodNotAllowed extends Refusal {
    private static final long serialVersionUID = 1L;

    private final transient List<String> allowed;

    /** Refuses; the allowed methods are listed in the answer's {@code Allow}. */
    public MethodNotAllowed(String method, Set<String> allowed) {
      super(
          ProblemCode.METHOD_NOT_ALLOWED,
          method + " is not allowed here; allowed: " + String.join(", ", allowed));
      this.allowed = List.copyOf(allowed);
    }

    /** The allowed methods, sorted. */
    public List<String> allowed() {
      return allowed;
    }
  }

  /** The client asks too often (RFC 6585, section 4; contract C36). */
  public static final class RateLimited extends Refusal {
    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;

    /** Refuses; the answer says after which time to try again, in whole seconds. */
    public RateLimited(String detail, Duration retryAfter) {
      super(ProblemCode.RATE_LIMITED, detail);
      this.retryAfter = retryAfter;
    }

    /** Seconds after which another try may succeed, at least one. */
    public long retryAfterSeconds() {
      return Math.max(1, retryAfter.plusNanos(999_999_999).toSeconds());
    }
  }

  /** Session fields that the route requires are absent (contract C6). */
  public static final class SessionFieldRequired extends Refusal {
    private static final long serialVersionUID = 1L;

    private final transient List<MissingField> fields;

    /** Refuses and names the missing fields. */
    public SessionFieldRequired(List<MissingField> fields) {
      super(ProblemCode.SESSION_FIELD_REQUIRED, describe(fields));
      this.fields = List.copyOf(fields);
    }

    /** The missing fields. */
    public List<MissingField> fields() {
      return fields;
    }

    private static String describe(List<MissingField> fields) {
      StringBuilder text = new StringBuilder("The session has no ");
      String separator = "";
      for (MissingField missing : fields) {
        text.append(separator).append(missing.field());
        if (!missing.providers().isEmpty()) {
          text.append(" (set by ").append(String.join(", ", missing.providers())).append(')');
        }
        separator = ", no ";
      }
      return text.append(". Call what sets it first.").toString();
    }
  }

  /**
   * A field that a session lacks.
   *
   * @param field its name
   * @param providers the routes that set it, as a client calls them: {@code POST /auth/login}
   */
  public record MissingField(FieldName field, List<String> providers) {}

  /**
   * What a microservice set in the session could not be saved (contract C27). The answer says that
   * the microservice was called, so that nobody repeats the call blindly.
   */
  public static final class NotSaved extends Refusal {
    private static final long serialVersionUID = 1L;

    /** Refuses with the code and cause of what went wrong while saving. */
    public NotSaved(Refusal reason) {
      super(
          reason.code(),
          "The microservice was called, but what it set was not saved. " + reason.detail(),
          reason.getCause());
    }
  }
}
