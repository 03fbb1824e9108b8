package dev.kinto.gateway.manifests;

import dev.kinto.gateway.config.ServiceId;
import dev.kinto.gateway.contracts.InvalidManifestException;
import dev.kinto.gateway.contracts.ManifestLimits;
import dev.kinto.gateway.contracts.ManifestReader;
import dev.kinto.gateway.disk.DurableFile;
import dev.kinto.gateway.disk.RegularFile;
import dev.kinto.gateway.route.PulledManifests;
import dev.kinto.gateway.route.PulledManifests.Pulled;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The last good manifest of each microservice whose manifest is pulled, on disk for the next start:
 * {@code <folder>/<environment>/<service>.json}, and beside it {@code <service>.reads}, the names
 * that its first manifest read, each on a line (contract C42).
 */
public final class KeptManifests {
  private final Path folder;

  /** What is kept in a folder, which need not be there yet. */
  public KeptManifests(Path folder) {
    this.folder = folder;
  }

  /**
   * What is kept of a microservice, if anything.
   *
   * @param warnings takes why something that is there cannot be used
   */
  public Optional<Pulled> load(ServiceId id, Consumer<String> warnings) {
    Path file = file(id, ".json");
    try {
      Manifest manifest =
          ManifestReader.read(
              RegularFile.read(file), new MicroserviceName(id.service()), ManifestLimits.PULLED);
      return Optional.of(
          new Pulled(manifest, trusted(id).orElseGet(() -> PulledManifests.reads(manifest))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      warnings.accept(file + ": the manifest that was kept cannot be read: " + e.getMessage());
    } catch (InvalidManifestException e) {
      warnings.accept(file + ": the manifest that was kept is left out: " + e.getMessage());
    }
    return Optional.empty();
  }

  /**
   * What the first manifest of a microservice read, if it ever had one. It holds also where the
   * last one cannot be used: a newer one is not the first.
   *
   * @throws IOException if that cannot be read
   */
  public Optional<Set<String>> trusted(ServiceId id) throws IOException {
    try {
      return Optional.of(RegularFile.read(file(id, ".reads")).lines().collect(Collectors.toSet()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Keeps what is in force now. A reader finds the old files or the new ones, never half of one.
   *
   * @throws IOException if that is not possible
   */
  public void keep(ServiceId id, Pulled pulled) throws IOException {
    Files.createDirectories(file(id, "").getParent());
    // First what may be read: without that, the next start would trust the newest manifest.
    StringBuilder reads = new StringBuilder();
    pulled.trusted().stream().sorted().forEach(read -> reads.append(read).append('\n'));
    DurableFile.replace(file(id, ".reads"), reads.toString());
    DurableFile.replace(file(id, ".json"), pulled.manifest().toJson());
  }

  private Path file(ServiceId id, String suffix) {
    return folder.resolve(id.environment()).resolve(id.service() + suffix);
  }
}
