package dev.kinto.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What {@code GET /api/openapi.json} says, against which answers are held. */
record AdminDocument(JsonNode json) {

  static AdminDocument of(AdminClient client) throws Exception {
    return new AdminDocument(client.ask("GET /api/openapi.json").json());
  }

  /** Fails unless an answer is as the document says of this method and path. */
  void requireFit(String method, String path, RawAnswer answer) {
    JsonNode responses = json.path("paths").path(path).path(method).path("responses");
    JsonNode response =
        responses.has(Integer.toString(answer.status()))
            ? responses.path(Integer.toString(answer.status()))
            : responses.path("default");
    String type = answer.header("content-type").orElseThrow();
    JsonNode schema = response.path("content").path(type).path("schema");
    assertEquals(false, schema.isMissingNode(), method + " " + path + " answers " + answer);
    ObjectNode whole = (ObjectNode) schema.deepCopy();
    whole.set("components", json.path("components"));
    List<Error> problems =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JsonMapper.shared().writeValueAsString(whole))
            .validate(answer.text(), InputFormat.JSON);
    assertEquals(List.of(), problems, answer.text());
  }
}
