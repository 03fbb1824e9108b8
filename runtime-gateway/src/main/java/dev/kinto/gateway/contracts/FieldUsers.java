package dev.kinto.gateway.contracts;

import dev.kinto.gateway.contracts.Services.Read;
import dev.kinto.gateway.contracts.Services.Service;
import dev.kinto.gateway.contracts.Services.Write;
import dev.kinto.gateway.contracts.TypeAgreement.Verdict;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.Route;
import java.util.List;

/**
 * Who is hurt by a change of a field. Between single manifests the users are unknown, and every
 * change that may hurt one is an error. Between sets they are those in the newer set.
 *
 * @param newer the newer microservices
 * @param known whether all users are in there
 */
record FieldUsers(Services newer, boolean known) {
  private static final int MOST_RELATED = 20;

  /** What is lost with a route that is gone: the fields that nobody else sets. */
  List<Finding> writesLost(Service service, Route route) {
    return route.writes().stream()
        .filter(write -> newer.writesOf(write.field().folded()).isEmpty())
        .map(write -> writeRemoved(new Write(service, route, write), service.call(route)))
        .toList();
  }

  /**
   * A field that is no longer set by a call.
   *
   * @param call the call, which may be answered by another route now
   */
  Finding writeRemoved(Write write, String call) {
    List<Write> others = newer.writesOf(write.write().field().folded());
    if (!others.isEmpty()) {
      return finding(
              FindingKind.WRITE_REMOVED,
              write,
              call,
              ", which " + Services.calls(others, Write::call) + " still may set")
          .with(Severity.WARNING);
    }
    List<Read> hurt = readers(write.write().field());
    String suffix = suffix(hurt, "nobody in the newer set reads it");
    return judged(finding(FindingKind.WRITE_REMOVED, write, call, suffix), hurt);
  }

  Finding writeUncertain(Write write) {
    List<Read> requiring =
        readers(write.write().field()).stream().filter(read -> read.read().required()).toList();
    String suffix = suffix(requiring, "nobody in the newer set requires it");
    return judged(finding(FindingKind.WRITE_UNCERTAIN, write, write.call(), suffix), requiring);
  }

  Finding writeTypeChanged(Write old, Write write, String reason) {
    List<Read> refusing =
        readers(write.write().field()).stream()
            .filter(read -> refuses(read.accepts(write.write().type())))
            .toList();
    Finding finding =
        Finding.of(
            FindingKind.WRITE_TYPE_CHANGED,
            write.place("type"),
            write.call(),
            write.write().field(),
            old.write().type(),
            write.write().type(),
            reason,
            suffix(refusing, "every reader in the newer set accepts that"));
    return judged(finding, refusing);
  }

  Finding readNarrowed(Read old, Read read, String reason) {
    List<Write> breaking =
        newer.writesOf(read.read().field().folded()).stream()
            .filter(write -> refuses(read.accepts(write.write().type())))
            .toList();
    boolean hurts = !known || !breaking.isEmpty();
    Finding finding =
        Finding.of(
            FindingKind.READ_NARROWED,
            read.place("type"),
            read.call(),
            read.read().field(),
            old.read().type(),
            read.read().type(),
            hurts ? reason : reason + ", and every writer in the newer set keeps to it");
    return hurts ? finding : finding.with(Severity.NOTE);
  }

  /** A half sentence that names who sets a field, if anybody is known to. */
  String setters(FieldName field) {
    List<Write> writes = newer.writesOf(field.folded());
    if (!writes.isEmpty()) {
      return ", which " + Services.calls(writes, Write::call) + " may set";
    }
    return known ? ", which nobody in the newer set sets" : "";
  }

  private List<Read> readers(FieldName field) {
    return newer.readsOf(field.folded());
  }

  private static boolean refuses(TypeAgreement agreement) {
    return agreement.verdict() == Verdict.OTHER_TYPE || agreement.verdict() == Verdict.OTHER_RANGE;
  }

  private Finding judged(Finding finding, List<Read> hurt) {
    if (!known) {
      return finding;
    }
    return hurt.isEmpty()
        ? finding.with(Severity.NOTE)
        : finding.with(
            hurt.stream()
                .limit(MOST_RELATED)
                .map(read -> new Finding.Related(read.place("field"), read.call() + " reads it"))
                .toList());
  }

  private String suffix(List<Read> hurt, String nobody) {
    if (!known) {
      return "";
    }
    return hurt.isEmpty() ? "; " + nobody : "; it breaks " + Services.calls(hurt, Read::call);
  }

  private static Finding finding(FindingKind kind, Write write, String call, String suffix) {
    return Finding.of(kind, write.place("field"), call, write.write().field(), suffix);
  }
}
