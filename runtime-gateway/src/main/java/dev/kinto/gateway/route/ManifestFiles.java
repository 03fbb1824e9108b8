package dev.kinto.gateway.route;

import dev.kinto.gateway.config.EnvironmentConfig;
import dev.kinto.gateway.config.ManifestSource.OnDisk;
import dev.kinto.gateway.config.ServiceConfig;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Loads manifests from their files, or from jars that hold them. */
final class ManifestFiles {
  private ManifestFiles() {}

  /**
   * Loads all that an environment has on disk, by the microservices' names.
   *
   * @param errors takes what is wrong with each
   */
  static Map<String, Manifest> load(EnvironmentConfig environment, List<String> errors) {
    Map<String, Manifest> loaded = new HashMap<>();
    for (ServiceConfig service : environment.services().values()) {
      if (service.manifest() instanceof OnDisk file) {
        load(service, file.path(), errors).ifPresent(found -> loaded.put(service.name(), found));
      }
    }
    return loaded;
  }

  private static Optional<Manifest> load(ServiceConfig service, Path file, List<String> errors) {
    try {
      MicroserviceName name = new MicroserviceName(service.name());
      String json = file.toString().endsWith(".jar") ? fromJar(file, name) : Files.readString(file);
      return Optional.of(ManifestReader.read(json, name));
    } catch (IOException e) {
      errors.add(service.place() + ": " + file + " cannot be read: " + e.getMessage());
    } catch (InvalidManifestException e) {
      e.problems().forEach(problem -> errors.add(file + ": " + problem));
    }
    return Optional.empty();
  }

  private static String fromJar(Path jar, MicroserviceName microservice)
      throws IOException, InvalidManifestException {
    String name = Manifest.JAR_FOLDER + microservice + ".json";
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry entry = zip.getEntry(name);
      if (entry == null) {
        throw new InvalidManifestException(
            List.of("the jar holds no " + name + ". Was it compiled with the Kinto processor?"));
      }
      try (InputStream in = zip.getInputStream(entry)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }
}
