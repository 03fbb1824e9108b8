package dev.kinto.gateway.contracts;

import dev.kinto.gateway.contracts.Services.Read;
import dev.kinto.gateway.contracts.Services.Write;
import dev.kinto.gateway.contracts.TypeAgreement.Verdict;
import dev.kinto.manifest.FieldName;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who is hurt by a change of a field. Between single manifests the users are unknown, and every
 * change that may hurt one is an error. Between sets they are those in the newer set.
 *
 * @param newer the newer microservices
 * @param known whether all users are in there
 */
record FieldUsers(Services newer, boolean known) {
  private static final int MOST_NAMED = 3;

  Finding writeRemoved(Write write) {
    List<Write> others = newer.writesOf(write.write().field().folded());
    if (!others.isEmpty()) {
      return finding(
              FindingKind.WRITE_REMOVED,
              write,
              ", which " + calls(others, Write::call) + " still may set")
          .with(Severity.WARNING);
    }
    return judged(
        FindingKind.WRITE_REMOVED,
        write,
        readers(write.write().field()),
        "nobody in the newer set reads it");
  }

  Finding writeUncertain(Write write) {
    List<Read> requiring =
        readers(write.write().field()).stream().filter(read -> read.read().required()).toList();
    return judged(
        FindingKind.WRITE_UNCERTAIN, write, requiring, "nobody in the newer set requires it");
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
      return ", which " + calls(writes, Write::call) + " may set";
    }
    return known ? ", which nobody in the newer set sets" : "";
  }

  private List<Read> readers(FieldName field) {
    return newer.readsOf(field.folded());
  }

  private static boolean refuses(TypeAgreement agreement) {
    return agreement.verdict() == Verdict.OTHER_TYPE || agreement.verdict() == Verdict.OTHER_RANGE;
  }

  private Finding judged(FindingKind kind, Write write, List<Read> hurt, String nobody) {
    return judged(finding(kind, write, suffix(hurt, nobody)), hurt);
  }

  private Finding judged(Finding finding, List<Read> hurt) {
    if (!known) {
      return finding;
    }
    return hurt.isEmpty()
        ? finding.with(Severity.NOTE)
        : finding.with(
            hurt.stream()
                .map(read -> new Finding.Related(read.place("field"), read.call() + " reads it"))
                .toList());
  }

  private String suffix(List<Read> hurt, String nobody) {
    if (!known) {
      return "";
    }
    return hurt.isEmpty() ? "; " + nobody : "; it breaks " + calls(hurt, Read::call);
  }

  private static Finding finding(FindingKind kind, Write write, String suffix) {
    return Finding.of(kind, write.place("field"), write.call(), write.write().field(), suffix);
  }

  private static <T> String calls(List<T> uses, Function<T, String> call) {
    String named =
        uses.stream().map(call).distinct().limit(MOST_NAMED).collect(Collectors.joining(", "));
    long others = uses.stream().map(call).distinct().count() - MOST_NAMED;
    return others > 0 ? named + " and " + others + " more" : named;
  }
}
