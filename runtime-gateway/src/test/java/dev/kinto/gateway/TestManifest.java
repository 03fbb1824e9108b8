package dev.kinto.gateway;

import dev.kinto.manifest.ConfigRead;
import dev.kinto.manifest.FieldName;
import dev.kinto.manifest.FieldType;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import dev.kinto.manifest.PathTemplate;
import dev.kinto.manifest.Route;
import dev.kinto.manifest.SessionRead;
import dev.kinto.manifest.SessionWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a manifest in a few words. What follows a route belongs to it:
 *
 * <pre>{@code
 * TestManifest.of("articles")
 *     .route("POST /articles").reads("auth-userId").mayRead("auth-plan", "free").writes("articles-lastId")
 *     .route("GET /articles/{id}").named("read")
 *     .build();
 * }</pre>
 */
final class TestManifest {
  private final String microservice;
  private final List<Route> routes = new ArrayList<>();
  private String signature = "";
  private String name = "";
  private List<SessionRead> reads = new ArrayList<>();
  private List<SessionWrite> writes = new ArrayList<>();
  private List<ConfigRead> config = new ArrayList<>();
  private boolean rotatesToken;

  private TestManifest(String microservice) {
    this.microservice = microservice;
  }

  static TestManifest of(String microservice) {
    return new TestManifest(microservice);
  }

  /** Begins a route: {@code METHOD /path}. Its name is the signature unless it is given one. */
  TestManifest route(String newSignature) {
    endRoute();
    signature = newSignature;
    name = newSignature;
    return this;
  }

  TestManifest named(String newName) {
    name = newName;
    return this;
  }

  /** A required read of a String. */
  TestManifest reads(String field) {
    reads.add(read(field, "String", true, Optional.empty()));
    return this;
  }

  /** An optional read without a default. */
  TestManifest mayRead(String field) {
    reads.add(read(field, "String", false, Optional.empty()));
    return this;
  }

  /** An optional read with a default. */
  TestManifest mayRead(String field, String defaultValue) {
    reads.add(read(field, "String", false, Optional.of(defaultValue)));
    return this;
  }

  /** A write of a String. */
  TestManifest writes(String field) {
    return writes(field, "String");
  }

  TestManifest writes(String field, String type) {
    writes.add(new SessionWrite(new FieldName(field), FieldType.parse(type), true, ""));
    return this;
  }

  /** The route gives the session a new token. */
  TestManifest rotatesToken() {
    rotatesToken = true;
    return this;
  }

  /** A required configuration value. */
  TestManifest config(String field) {
    config.add(new ConfigRead(new FieldName(field), true, ""));
    return this;
  }

  /** An optional configuration value. */
  TestManifest mayHaveConfig(String field) {
    config.add(new ConfigRead(new FieldName(field), false, ""));
    return this;
  }

  Manifest build() {
    endRoute();
    return new Manifest(new MicroserviceName(microservice), routes);
  }

  private static SessionRead read(
      String field, String type, boolean required, Optional<String> defaultValue) {
    return new SessionRead(new FieldName(field), FieldType.parse(type), required, defaultValue, "");
  }

  private void endRoute() {
    if (signature.isEmpty()) {
      return;
    }
    int space = signature.indexOf(' ');
    routes.add(
        new Route(
            signature.substring(0, space),
            PathTemplate.parse(signature.substring(space + 1)),
            name,
            "",
            "",
            "",
            reads,
            writes,
            config,
            rotatesToken));
    signature = "";
    reads = new ArrayList<>();
    writes = new ArrayList<>();
    config = new ArrayList<>();
    rotatesToken = false;
  }
}
