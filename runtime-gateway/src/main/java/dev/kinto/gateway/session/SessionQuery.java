package dev.kinto.gateway.session;

import java.util.Optional;

/**
 * Which sessions an operator asks for (contract C44).
 *
 * @param environment those of this environment; empty: of any
 * @param clientId those of this client; empty: of any
 * @param field those that have a value in this field, which is indexed; empty: whatever they hold
 * @param value that value, decoded (contract C5); only with a field
 */
public record SessionQuery(
    Optional<String> environment,
    Optional<String> clientId,
    Optional<String> field,
    Optional<String> value) {

  Optional<FieldValue> fieldValue() {
    return field.flatMap(name -> value.map(text -> FieldValue.of(name, text)));
  }

  /** Names no value: it may be a user's. */
  @Override
  public String toString() {
    return "SessionQuery[environment="
        + environment
        + ", client="
        + clientId
        + ", field="
        + field
        + "]";
  }
}
