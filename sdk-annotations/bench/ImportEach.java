import dev.kinto.apidoc.ApidocSources;
import dev.kinto.declaration.Contract;
import dev.kinto.declaration.Mistake;
import dev.kinto.manifest.Manifest;
import dev.kinto.manifest.MicroserviceName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.List;

/** What import makes of each file named on standard input: a line of JSON, null for errors. */
class ImportEach {
  public static void main(String[] args) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String file = in.readLine(); file != null; file = in.readLine()) {
      Contract contract = ApidocSources.read(new MicroserviceName("zz"), List.of(Path.of(file)));
      contract.mistakes().stream()
          .filter(mistake -> !mistake.rule().warning())
          .map(Mistake::toString)
          .forEach(System.err::println);
      String json = contract.manifest().map(Manifest::toJson).orElse("null");
      System.out.println(json.replace("\n", ""));
    }
  }
}
