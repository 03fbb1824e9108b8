package dev.kinto.gateway.route;

import dev.kinto.gateway.config.ConfigDraft;
import dev.kinto.gateway.config.EnvironmentConfig;
import dev.kinto.gateway.config.ManifestSource.OnDisk;
import dev.kinto.gateway.config.Place;
import dev.kinto.gateway.config.ServiceConfig;
import dev.kinto.gateway.contracts.InvalidManifestException;
import dev.kinto.gateway.contracts.ManifestLimits;
import dev.kinto.gateway.contracts.ManifestProblem;
import dev.kinto.gateway.contracts.ManifestReader;
import dev.kinto.gateway.disk.NotAFileException;
import dev.kinto.gateway.disk.RegularFile;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Loads manifests from their files, or from jars that hold them. */
final class ManifestFiles {
  private ManifestFiles() {}

  /**
   * Loads all that an environment has on disk, by the microservices' names.
   *
   * @param draft takes what is wrong with each
   */
  static Map<String, Manifest> load(EnvironmentConfig environment, ConfigDraft draft) {
    Map<String, Manifest> loaded = new HashMap<>();
    for (ServiceConfig service : environment.services().values()) {
      if (service.manifest() instanceof OnDisk file) {
        try {
          loaded.put(service.name(), load(service, file.path()));
        } catch (IOException e) {
          draft.problems().found(environment.key(service) + ".manifest", reason(e));
        } catch (InvalidManifestException e) {
          Place place = environment.manifest(service, draft.readable().places());
          e.problems().forEach(problem -> draft.problems().add(place, problem.toString()));
        }
      }
    }
    return loaded;
  }

  private static Manifest load(ServiceConfig service, Path file)
      throws IOException, InvalidManifestException {
    MicroserviceName name = new MicroserviceName(service.name());
    RegularFile.require(file);
    String json = file.toString().endsWith(".jar") ? fromJar(file, name) : Files.readString(file);
    return ManifestReader.read(json, name, ManifestLimits.OWN);
  }

  private static String reason(IOException e) {
    return switch (e) {
      case CharacterCodingException _ -> "the file is not UTF-8. Save it as UTF-8.";
      case NotAFileException notAFile -> notAFile.getReason();
      case ZipException _ -> "the file is no jar.";
      default -> "a file is wanted that the user of the gateway may read.";
    };
  }

  private static String fromJar(Path jar, MicroserviceName microservice)
      throws IOException, InvalidManifestException {
    String name = Manifest.JAR_FOLDER + microservice + ".json";
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry entry = zip.getEntry(name);
      if (entry == null) {
        throw new InvalidManifestException(
            List.of(
                ManifestProblem.of(
                    "",
                    "the jar holds no " + name + ". Was it compiled with the Kinto processor?")));
      }
      try (InputStream in = zip.getInputStream(entry)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }
}
