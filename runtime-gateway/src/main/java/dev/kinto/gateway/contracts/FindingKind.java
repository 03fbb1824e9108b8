package dev.kinto.gateway.contracts;

import static dev.kinto.gateway.contracts.Severity.ERROR;
import static dev.kinto.gateway.contracts.Severity.NOTE;
import static dev.kinto.gateway.contracts.Severity.WARNING;

/**
 * Everything that {@code check} and {@code diff} can find, each with its stable id and all of its
 * texts. docs/contracts.md is generated from this list.
 */
public enum FindingKind {
  // What check finds.

  /** C12: the file is no manifest of this version. */
  MANIFEST_INVALID(
      "KintoManifestInvalid",
      ERROR,
      "%s.",
      "Generate the manifest again with the processor or with import; one that is written by hand"
          + " must fit its JSON Schema."),
  /** C1: the owner of a field is found by the microservice's name. */
  SERVICE_TWICE(
      "KintoServiceTwice",
      ERROR,
      "there are two manifests of the microservice \"%s\"; this one is left out.",
      "Name one manifest for each microservice, of one release."),
  /** C1, C3: a microservice writes in its own space only, and the longest prefix owns a field. */
  FOREIGN_WRITE(
      "KintoForeignWrite",
      ERROR,
      "%s of \"%s\" sets \"%s\", which belongs to %s.",
      "Rename the field so that it begins with its microservice's name and is nobody else's."),
  /** C2: upstreams receive the owner's spelling. */
  READ_SPELLING(
      "KintoReadSpelling",
      WARNING,
      "%s reads \"%s\", but is sent \"%s\", as the owner spells it.",
      "Take the owner's spelling, or the header is not found under its name."),
  /** C6: required and never set means never called. */
  READ_WITHOUT_PRODUCER(
      "KintoReadWithoutProducer",
      ERROR,
      "%s requires \"%s\", which nobody sets: %s",
      "Set the field in its microservice, make the read optional, or name the missing manifest,"
          + " too."),
  /** C6: optional and never set is always absent. */
  OPTIONAL_READ_WITHOUT_PRODUCER(
      "KintoOptionalReadWithoutProducer",
      NOTE,
      "%s reads \"%s\", which nobody sets: %s",
      "Remove the read, or name the missing manifest, too."),
  /** C6: some answers that should set the field do not. */
  ONLY_OPTIONAL_PRODUCER(
      "KintoOnlyOptionalProducer",
      NOTE,
      "%s requires \"%s\", which is set on some answers only, by %s.",
      "Be ready for a 403 where the field was not set, or set it always."),
  /** C6: nobody can make the first step. */
  READ_UNREACHABLE(
      "KintoReadUnreachable",
      ERROR,
      "%s requires \"%s\", but every route that sets it can only be called by who has it: %s.",
      "Let one of these routes do without the field, or set it in another one."),
  /** C4: the kinds of values differ and do not fit. */
  READ_TYPE(
      "KintoReadType",
      ERROR,
      "%s reads \"%s\" as %s, but %s sets %s: %s.",
      "Declare the type that the owner writes."),
  /** C4: sizes or allowed values do not fit. */
  READ_RANGE(
      "KintoReadRange",
      ERROR,
      "%s reads \"%s\" as %s, but %s sets %s: %s.",
      "Let the reader accept what the owner writes, or let the owner promise less."),
  /** C4: the kinds of values differ, and fit as text. */
  READ_AS_OTHER_TYPE(
      "KintoReadAsOtherType",
      WARNING,
      "%s reads \"%s\" as %s, but %s sets %s, which fits only as text.",
      "Declare the type that the owner writes."),
  /** C4: readers cannot know what to expect. */
  WRITE_TYPES_DIFFER(
      "KintoWriteTypesDiffer",
      WARNING,
      "%s sets \"%s\" as %s, %s as %s.",
      "Declare one type for the field in all routes that set it."),
  /** C9: the name of a configuration value is not the session's. */
  CONFIG_IN_SESSION(
      "KintoConfigInSession",
      ERROR,
      "%s asks for the configuration value \"%s\", a name in the session space of \"%s\".",
      "Rename the configuration value."),
  /** C9: what is no session field by its group is none by its name either. */
  DOCUMENTED_IN_SESSION(
      "KintoDocumentedInSession",
      WARNING,
      "%s documents \"%s\", a name in the session space of \"%s\", in another group than"
          + " Session.",
      "Declare it in the group Session if the session's field is meant; else give it another name,"
          + " since the gateway lets no header of this name through."),
  /** C29: what one request carries. */
  READS_TOO_LARGE(
      "KintoReadsTooLarge",
      WARNING,
      "the session fields that %s reads may have %d bytes, more than the 8192 of one request."
          + " Largest: %s.",
      "Read less, or declare smaller sizes; a value without a bound counts as 256 bytes."),
  /** C29: what one answer carries. */
  WRITES_TOO_LARGE(
      "KintoWritesTooLarge",
      WARNING,
      "the session fields that %s sets may have %d bytes, more than the 8192 of one answer."
          + " Largest: %s.",
      "Set less at once, or declare smaller sizes; a value without a bound counts as 256 bytes."),
  /** C1: memory and bytes for nothing. */
  WRITE_UNREAD(
      "KintoWriteUnread",
      NOTE,
      "\"%s\" is read by nobody.",
      "Remove the write if nobody outside this set reads the field."),
  /** C28: session fixation. */
  LOGIN_KEEPS_TOKEN(
      "KintoLoginKeepsToken",
      NOTE,
      "%s sets %s, which other microservices require, and keeps the token.",
      "Declare @RotatesToken if this is a login, so that a token known from before is dead. If it"
          + " only removes the field, as a logout does, declare the write optional."),

  // What diff finds.

  /** C21: only declared routes are reachable. */
  SERVICE_REMOVED(
      "KintoServiceRemoved",
      ERROR,
      "the microservice \"%s\" is gone, and with it all of its routes: %d.",
      "Keep it until nobody calls it."),
  /** C21: more is reachable. */
  SERVICE_ADDED("KintoServiceAdded", NOTE, "the microservice \"%s\" is new.", "Nothing to do."),
  /** C21: only declared routes are reachable. */
  ROUTE_REMOVED(
      "KintoRouteRemoved",
      ERROR,
      "%s is gone: its callers get %s.",
      "Keep the route until nobody calls it."),
  /** C21: only declared routes are reachable. */
  ROUTE_MOVED(
      "KintoRouteMoved",
      ERROR,
      "\"%s\" moved from %s to %s: callers of the old address get %s.",
      "Keep the old address, too, until nobody calls it."),
  /** C11, C21: some addresses are reachable no more. */
  ROUTE_NARROWED(
      "KintoRouteNarrowed",
      ERROR,
      "%s no longer answers all of its addresses, nor does another route: callers of %s get %s.",
      "Keep the wider path until nobody calls these addresses."),
  /** C11: a literal wins over a parameter; one template may stand for another's addresses. */
  ADDRESSES_TAKEN(
      "KintoAddressesTaken",
      NOTE,
      "%s now answers calls that %s answered.",
      "Nothing to do; where their contracts differ, that is found besides."),
  /** C20: configurations list public routes by name. */
  ROUTE_RENAMED(
      "KintoRouteRenamed",
      WARNING,
      "%s was named \"%s\" and is named \"%s\".",
      "Change the name where a configuration lists it under public."),
  /** C21: more is reachable. */
  ROUTE_ADDED("KintoRouteAdded", NOTE, "%s is new.", "Nothing to do."),
  /** C28: where the client's token changes. */
  ROTATION_CHANGED(
      "KintoRotationChanged",
      WARNING,
      "%s %s.",
      "Tell the authors of clients without a client SDK: they must take the token from"
          + " Kinto-Token."),
  /** C6: readers that require the field are not called any more. */
  WRITE_REMOVED(
      "KintoWriteRemoved",
      ERROR,
      "%s no longer sets \"%s\"%s.",
      "Set the field until nobody reads it."),
  /** C6: readers that require the field are not always called. */
  WRITE_UNCERTAIN(
      "KintoWriteUncertain",
      ERROR,
      "%s set \"%s\" always and now sets it on some answers only%s.",
      "Set the field always, or let its readers make the read optional first."),
  /** C4: readers may be sent what they do not expect. */
  WRITE_TYPE_CHANGED(
      "KintoWriteTypeChanged",
      ERROR,
      "%s set \"%s\" as %s and now sets %s: %s%s.",
      "Let the readers accept the new type first, or use a new field."),
  /** C4: what was promised is still true. */
  WRITE_NARROWED(
      "KintoWriteNarrowed",
      NOTE,
      "%s set \"%s\" as %s and now sets %s, which every reader of the old accepts.",
      "Nothing to do."),
  /** C6: more is promised. */
  WRITE_ADDED("KintoWriteAdded", NOTE, "%s now sets \"%s\"%s.", "Nothing to do."),
  /** C6: callers without the field are refused. */
  READ_REQUIRED(
      "KintoReadRequired",
      ERROR,
      "%s now requires \"%s\"%s: who calls without it gets 403.",
      "Make the read optional, or make sure that every caller has the field before."),
  /** C4: what used to be accepted is not. */
  READ_NARROWED(
      "KintoReadNarrowed",
      ERROR,
      "%s read \"%s\" as %s and now accepts only %s: %s.",
      "Accept the old values, too, until the owner has stopped writing them."),
  /** C6: nobody has to provide more than before. */
  READ_COMPATIBLE("KintoReadCompatible", NOTE, "%s %s \"%s\"%s.", "Nothing to do."),
  /** C9, C43: the operator has to grant it. */
  CONFIG_REQUIRED(
      "KintoConfigRequired",
      WARNING,
      "%s now requires the configuration value \"%s\".",
      "Add the value to the environment and grant it to the microservice before the release."),
  /** C9: nobody has to act. */
  CONFIG_COMPATIBLE("KintoConfigCompatible", NOTE, "%s %s.", "Nothing to do.");

  private final String id;
  private final Severity severity;
  private final String format;
  private final String mend;

  FindingKind(String id, Severity severity, String format, String mend) {
    this.id = id;
    this.severity = severity;
    this.format = format;
    this.mend = mend;
  }

  /** The stable id, for instance {@code KintoReadType}. */
  public String id() {
    return id;
  }

  /** The severity unless the circumstances say otherwise. */
  public Severity severity() {
    return severity;
  }

  /** What to do about it. */
  public String mend() {
    return mend;
  }

  /** The text of the message with places for {@link String#format} to fill. */
  String format() {
    return format;
  }

  /** Whether it may hurt the readers of a session field, rather than callers or nobody. */
  public boolean concernsReaders() {
    return switch (this) {
      case WRITE_REMOVED, WRITE_UNCERTAIN, WRITE_TYPE_CHANGED, READ_NARROWED -> true;
      default -> false;
    };
  }

  /** Whether it is of {@code diff} rather than of {@code check}. */
  public boolean ofDiff() {
    return compareTo(SERVICE_REMOVED) >= 0;
  }
}
