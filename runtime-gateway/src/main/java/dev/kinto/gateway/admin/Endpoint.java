package dev.kinto.gateway.admin;

import java.util.List;

/**
 * One address of the admin API with one method. What is served and what {@code /api/openapi.json}
 * says are both made from these.
 *
 * @param method GET or DELETE
 * @param path its template; a parameter is its last segment
 * @param summary what it does, in one line
 * @param description the rest of what is to be known
 * @param parameters those that its query may have
 * @param answer the record that it answers with
 * @param handler what does it
 */
record Endpoint(
    String method,
    String path,
    String summary,
    String description,
    List<Parameter> parameters,
    Class<?> answer,
    Handler handler) {

  /** Copies the list. */
  Endpoint {
    parameters = List.copyOf(parameters);
  }

  /**
   * A parameter of the query.
   *
   * @param name its name
   * @param description what it means
   * @param schema what its values look like
   */
  record Parameter(String name, String description, Form schema) {}

  /** What a parameter's value looks like. */
  enum Form {
    TEXT,
    /** How many of them an answer may list. */
    LIMIT
  }

  /** Answers a request that was checked. */
  interface Handler {
    /**
     * The answer.
     *
     * @return a record of the declared class
     */
    Object answer(Call call);
  }

  /**
   * A request to an endpoint.
   *
   * @param operator the id of the secret that it came with
   * @param last the last segment of its path
   * @param query its parameters
   * @param requestId its id
   */
  record Call(String operator, String last, Query query, String requestId) {}
}
