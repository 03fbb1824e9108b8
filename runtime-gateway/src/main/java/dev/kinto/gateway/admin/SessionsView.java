package dev.kinto.gateway.admin;

import dev.kinto.gateway.config.SensitiveFields;
import dev.kinto.session.WireText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The answer of {@code GET /api/sessions}. */
@Doc("Some sessions of those that were asked for.")
record SessionsView(
    @Doc("In an order that stays the same") List<SessionSummaryView> sessions,
    @Doc("What to give as after for more; absent: these were the last ones")
        Optional<String> next) {

  @Doc("A session without the values of its fields.")
  record SessionSummaryView(
      @Doc("Its key in the grid, from which no token can be made") String id,
      @Doc("Its environment") String environment,
      @Doc("The client that obtained its token") String client,
      @Doc("When it began") Instant createdAt,
      @Doc("When it ends if it is not used again") Instant expiresAt,
      @Doc("The names of its fields") List<String> fields) {}

  @Doc("A session.")
  record SessionView(
      @Doc("Its key in the grid, from which no token can be made") String id,
      @Doc("Its environment") String environment,
      @Doc("The client that obtained its token") String client,
      @Doc("When it began") Instant createdAt,
      @Doc("When it ends if it is not used again") Instant expiresAt,
      @Doc("When it ends however often it is used") Instant endsAt,
      @Doc("How often a login gave it a new token") int logins,
      @Doc("Its fields") List<FieldView> fields) {}

  @Doc("A session field.")
  record FieldView(
      @Doc("Its name") String name,
      @Doc("Its value, decoded; absent if it is sensitive") Optional<String> value,
      @Doc("Whether admin.sensitive keeps its value from being shown") boolean sensitive) {

    /** A field with its value in wire form, as far as it may be shown. */
    static FieldView of(String name, String wire, SensitiveFields sensitive) {
      boolean hidden = sensitive.hide(name);
      return new FieldView(
          name,
          hidden ? Optional.empty() : Optional.of(WireText.decode(wire).orElse(wire)),
          hidden);
    }
  }

  @Doc("All sessions of somebody, with what they hold.")
  record ExportView(
      @Doc("When they were gathered") Instant at,
      @Doc("The sessions") List<SessionView> sessions) {}

  @Doc("The receipt of an end: the audit line in the log has the same request id.")
  record EndedView(
      @Doc("How many sessions were ended") long ended,
      @Doc("When") Instant at,
      @Doc("The id of the secret that this was done with") String operator,
      @Doc("The request's id") String requestId) {}
}
