package dev.kinto.gateway.contracts;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.InputStream;
import java.util.List;

/** The published schema of manifests, as it is in the jar (contract C12). */
final class ManifestSchema {
  private static final String RESOURCE = "/META-INF/kinto-schema/manifest.schema.json";

  private static final Schema SCHEMA = load();

  private ManifestSchema() {}

  private static Schema load() {
    InputStream schema = ManifestSchema.class.getResourceAsStream(RESOURCE);
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
  }

  /** What is wrong with a manifest, each with its place. */
  static List<String> problems(String json) {
    return SCHEMA.validate(json, InputFormat.JSON).stream().map(Error::toString).toList();
  }
}
