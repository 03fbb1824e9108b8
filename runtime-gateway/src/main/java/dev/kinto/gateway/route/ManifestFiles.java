package dev.kinto.gateway.route;

import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Loads the manifest of a microservice from its file, or from a jar that holds it. */
final class ManifestFiles {
  private ManifestFiles() {}

  static Manifest load(Path file, MicroserviceName microservice)
      throws IOException, InvalidManifestException {
    String json =
        file.toString().endsWith(".jar") ? fromJar(file, microservice) : Files.readString(file);
    Manifest manifest = ManifestReader.read(json);
    if (!manifest.microservice().equals(microservice)) {
      throw new InvalidManifestException(
          List.of(
              "/microservice: this is the manifest of \""
                  + manifest.microservice()
                  + "\", not of \""
                  + microservice
                  + "\"."));
    }
    return manifest;
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
