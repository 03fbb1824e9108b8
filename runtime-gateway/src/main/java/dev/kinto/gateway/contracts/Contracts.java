package dev.kinto.gateway.contracts;

import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A set of manifests, and what can be said about it: whether its microservices understand each
 * other, and whether a newer set breaks anybody.
 *
 * <pre>{@code
 * Findings findings = Contracts.read(List.of(Path.of("manifests"))).check();
 * }</pre>
 *
 * <p>Not safe for use by several threads.
 */
public final class Contracts {
  private final List<ManifestFile> files;
  private final Collection<MicroserviceName> unknown;
  private final boolean single;

  private Contracts(
      List<ManifestFile> files, Collection<MicroserviceName> unknown, boolean single) {
    this.files = files;
    this.unknown = unknown;
    this.single = single;
  }

  /**
   * Reads manifests. One that is no good is a finding, not an exception.
   *
   * @param paths manifests, folders of manifests, and jars that hold some
   * @throws IOException if something cannot be read, or holds no manifest at all
   */
  public static Contracts read(List<Path> paths) throws IOException {
    List<ManifestFile> files = ManifestSources.read(paths);
    boolean folder = paths.stream().anyMatch(Files::isDirectory);
    return new Contracts(files, List.of(), files.size() == 1 && !folder);
  }

  /**
   * A set of manifests that were read already. Findings name the microservice where they would name
   * a file.
   *
   * @param unknown the microservices of the set whose manifests are not known yet
   */
  public static Contracts of(Collection<Manifest> manifests, Collection<MicroserviceName> unknown) {
    List<ManifestFile> files =
        manifests.stream()
            .map(manifest -> ManifestFile.of(manifest.microservice().value(), manifest))
            .toList();
    return new Contracts(files, List.copyOf(unknown), false);
  }

  /** The manifests that can be used. */
  public List<Manifest> manifests() {
    return files.stream().map(ManifestFile::manifest).flatMap(Optional::stream).toList();
  }

  /** What makes a manifest unusable: broken files, and several for one microservice. */
  public Findings problems() {
    return Check.ofFiles(files);
  }

  /** What is wrong between these microservices. */
  public Findings check() {
    return Check.of(files);
  }

  /** The part of it that a gateway goes by when it starts or takes another manifest. */
  public Findings checkForStart() {
    return Check.ofStart(Services.of(files, unknown));
  }

  /**
   * What a newer release changes for those who read, call and operate it. Between two files of one
   * microservice every reader is unknown, and what may break one is an error. Between sets, a
   * change of what is set is an error only if somebody in the newer set reads it.
   */
  public Findings diffTo(Contracts newer) {
    return Diff.of(files, newer.files, !(single && newer.single));
  }
}
