package dev.kinto.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kinto.annotations.Microservice;
import dev.kinto.client.KintoClient;
import dev.kinto.processor.KintoProcessor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A Maven that finds this build's artifacts as if they were installed. Its local repository is the
 * user's, by links, but for what is ours.
 */
final class Maven {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String VERSION = "1.0.0-SNAPSHOT";

  private final Path projects;
  private final Path repository;

  private Maven(Path projects, Path repository) {
    this.projects = projects;
    this.repository = repository;
  }

  static Maven in(Path folder) throws Exception {
    Path users = Path.of(System.getProperty("maven.local.repository"));
    Path repository = Files.createDirectories(folder.resolve("repository"));
    linkAll(users, repository, "dev");
    linkAll(users.resolve("dev"), Files.createDirectories(repository.resolve("dev")), "kinto");
    Maven maven = new Maven(Files.createDirectories(folder.resolve("projects")), repository);
    maven.install("kinto-parent", ROOT.resolve("pom.xml"));
    maven.install("kinto-bom", ROOT.resolve("client-sdk/bom/pom.xml"));
    maven.install("sdk-annotations", ROOT.resolve("sdk-annotations/pom.xml"), Microservice.class);
    maven.install("sdk-processor", ROOT.resolve("sdk-processor/pom.xml"), KintoProcessor.class);
    maven.install("client-sdk", ROOT.resolve("client-sdk/java/pom.xml"), KintoClient.class);
    return maven;
  }

  /** Where the projects are. */
  Path folder() {
    return projects;
  }

  /** Copies a project without what its own builds left. */
  void copy(Path project, String name) throws IOException {
    try (Stream<Path> files = Files.walk(project)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path relative = project.relativize(file);
        if (!relative.startsWith("target")) {
          Path copy = projects.resolve(name).resolve(relative);
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }

  /** Builds projects, in one run. */
  void verify(String... names) throws IOException, InterruptedException {
    StringBuilder modules = new StringBuilder();
    for (String name : names) {
      modules.append("<module>").append(name).append("</module>");
    }
    Files.writeString(
        projects.resolve("pom.xml"),
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>com.example</groupId><artifactId>all</artifactId><version>1</version>
          <packaging>pom</packaging>
          <modules>%s</modules>
        </project>
        """
            .formatted(modules));
    Path log = projects.resolve("maven.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("maven.home.folder"), "bin", "mvn").toString(),
                "-B",
                "-ntp",
                "-Dmaven.repo.local=" + repository,
                "verify")
            .directory(projects.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    assertEquals(0, builder.start().waitFor(), () -> read(log));
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void install(String artifact, Path pom) throws IOException {
    Files.copy(pom, place(artifact, ".pom"));
  }

  private void install(String artifact, Path pom, Class<?> content) throws Exception {
    install(artifact, pom);
    Path built = Path.of(content.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar = place(artifact, ".jar");
    if (Files.isRegularFile(built)) {
      Files.copy(built, jar);
    } else {
      pack(built, jar);
    }
  }

  private Path place(String artifact, String end) throws IOException {
    Path folder = repository.resolve(Path.of("dev", "kinto", artifact, VERSION));
    return Files.createDirectories(folder).resolve(artifact + "-" + VERSION + end);
  }

  /** {@code mvn test} makes no jars. */
  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, zip);
      }
    }
  }

  private static void linkAll(Path from, Path to, String except) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.toList()) {
        if (!entry.getFileName().toString().equals(except)) {
          Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
        }
      }
    }
  }
}
