package dev.kinto.gateway.trial;

import dev.kinto.gateway.trial.Operation.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Checks how a session lives: it ends only when a client ended it, then for all gateways and for
 * ever; and its tokens are replaced only by rotations.
 */
final class LifeCheck {
  private static final Set<String> NEVER =
      Set.of("token-missing", "token-invalid", "client-invalid", "session-field-required");

  private final String session;
  private final List<Operation> operations;
  private final List<Violation> violations = new ArrayList<>();

  LifeCheck(String session, List<Operation> operations) {
    this.session = session;
    this.operations = operations;
  }

  List<Violation> violations() {
    checkEnd();
    checkTokens();
    operations.stream()
        .filter(operation -> NEVER.contains(operation.code()))
        .forEach(
            operation -> add("a call was refused with " + operation.code(), Stream.of(operation)));
    return violations;
  }

  private void checkEnd() {
    Predicate<Operation> saysEnded = operation -> operation.code().equals("session-ended");
    Optional<Operation> firstTry =
        first(
            operation -> operation.kind() == Kind.END && mayHaveEnded(operation),
            Comparator.comparingLong(Operation::begin));
    long mayHaveEnded = firstTry.map(Operation::begin).orElse(Long.MAX_VALUE);
    first(saysEnded, Comparator.comparingLong(Operation::end))
        .filter(operation -> operation.end() < mayHaveEnded)
        .ifPresent(
            operation ->
                add(
                    "the session is lost: nobody had ended it",
                    Stream.concat(Stream.of(operation), lastBefore(operation.begin()))));
    Optional<Operation> knownToHaveEnded =
        first(
            saysEnded.or(operation -> operation.kind() == Kind.END && operation.done()),
            Comparator.comparingLong(Operation::end));
    knownToHaveEnded.ifPresent(
        end ->
            first(
                    operation -> operation.done() && operation.begin() > end.end(),
                    Comparator.comparingLong(Operation::begin))
                .ifPresent(late -> add("an ended session was served again", Stream.of(end, late))));
  }

  /** One that was repeated, by the balancer or within the gateway, finds its own work done. */
  private static boolean mayHaveEnded(Operation end) {
    return end.mayHaveHappened() || end.code().equals("session-ended");
  }

  /** What was acknowledged last before a time. */
  private Stream<Operation> lastBefore(long time) {
    return operations.stream()
        .filter(operation -> operation.done() && operation.end() < time)
        .max(Comparator.comparingLong(Operation::end))
        .stream();
  }

  private void checkTokens() {
    List<Operation> rotations =
        operations.stream()
            .filter(operation -> operation.kind().givesToken() && operation.mayHaveHappened())
            .toList();
    operations.stream()
        .filter(operation -> operation.code().equals("token-replaced"))
        .filter(refused -> rotations.stream().noneMatch(r -> r.begin() < refused.end()))
        .findFirst()
        .ifPresent(refused -> add("no rotation replaced this token", Stream.of(refused)));
    rotations.stream()
        .filter(rotation -> rotation.kind() == Kind.LOGIN && rotation.done())
        .forEach(this::checkLogin);
  }

  /** The tokens from before a login are dead as soon as its answer was there (C28). */
  private void checkLogin(Operation login) {
    first(
            operation ->
                operation.done()
                    && operation.token() <= login.token()
                    && operation.begin() > login.end(),
            Comparator.comparingLong(Operation::begin))
        .ifPresent(
            late -> add("a token from before a login was taken after it", Stream.of(login, late)));
  }

  private Optional<Operation> first(Predicate<Operation> which, Comparator<Operation> order) {
    return operations.stream().filter(which).min(order);
  }

  private void add(String what, Stream<Operation> proof) {
    violations.add(new Violation(session, what, proof.toList()));
  }
}
