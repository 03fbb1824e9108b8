/** A session field that a call needs and the session lacks. */
export interface MissingField {
  /** Its name, for instance `auth-userId`. */
  readonly field: string;
  /** The routes that set it, for instance `POST /auth/login`; empty if none is known. */
  readonly providers: readonly string[];
}

/** What a problem of the gateway says (RFC 9457, contract C36), as far as this client needs it. */
export interface Problem {
  readonly code?: string;
  readonly detail?: string;
  readonly requestId?: string;
  readonly fields?: readonly MissingField[];
  readonly upstreamCalled?: boolean;
}

/**
 * A refusal by the gateway, or why there is no token. `code` is one of docs/errors.md, or one of this client's own:
 * `gateway-unreachable`, `storage-failed`, `token-hidden`.
 */
export class KintoError extends Error {
  override readonly name = "KintoError";
  /** The id under which the gateway's operators find the request; empty if there is none. */
  declare readonly requestId: string;
  /** What the session lacks, with the code `session-field-required`; else empty. */
  declare readonly fields: readonly MissingField[];
  /** Whether the call may have had its effect all the same. */
  declare readonly upstreamCalled: boolean;

  /**
   * @param status the HTTP status; 0 if there was no answer
   * @param retryAfter after how many seconds the gateway wants to be asked again; 0 if it does not say
   */
  constructor(
    readonly code: string,
    message: string,
    cause?: unknown,
    readonly status = 0,
    readonly retryAfter = 0,
    { requestId = "", fields = [], upstreamCalled = false }: Problem = {},
  ) {
    super(message, { cause });
    Object.assign(this, { requestId, fields, upstreamCalled });
  }

  /** The error that an answer stands for; undefined if it was a success. Its body can still be read. */
  static async from(response: Response): Promise<KintoError | undefined> {
    if (response.ok) return;
    const { status } = response;
    const problem = await problemOf(response);
    const { code = `status-${status}`, detail = "refused" } = problem;
    // The gateway says seconds; a date, which a proxy may say, is read as nothing.
    const seconds = Number(response.headers.get("Retry-After")) || 0;
    return new KintoError(code, `${status} ${code}: ${detail}`, undefined, status, seconds, problem);
  }
}

/** The same answer if it was a success; else throws its {@link KintoError}. */
export async function ensureOk(response: Response): Promise<Response> {
  const error = await KintoError.from(response);
  if (error) throw error;
  return response;
}

/** The problem in an answer, whose body can still be read; empty if it holds none. */
export async function problemOf(response: Response): Promise<Problem> {
  const isProblem = response.headers.get("Content-Type")?.startsWith("application/problem+json");
  return isProblem
    ? response
        .clone()
        .json()
        .catch(() => ({}))
    : {};
}
