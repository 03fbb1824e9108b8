package dev.kinto.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The command {@code graph} (contract C41). */
class GraphCommandTest {
  private static final Path CASES = ContractRun.CASES.resolve("graph");

  @TempDir Path folder;

  private static ContractRun graph(Object... arguments) {
    return ContractRun.of(new GraphCommand(), arguments);
  }

  @ParameterizedTest
  @ValueSource(strings = {"two", "one", "nofields", "long", "special", "ten", "loop"})
  void everyPictureIsAsItWasLookedAt(String name) throws IOException {
    for (String form : List.of("svg", "mermaid", "dot")) {
      ContractRun run = graph("--format", form, CASES.resolve(name));
      assertEquals(0, run.exit(), run.err());
      Golden.check(CASES.resolve("expected/" + name + "." + form), run.out());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"two", "one", "nofields", "long", "special", "ten", "loop"})
  void noBoxesOverlapAndAllAreInThePicture(String name) throws Exception {
    Document svg = parse(graph(CASES.resolve(name)).out());
    String[] view = svg.getDocumentElement().getAttribute("viewBox").split(" ");
    List<double[]> boxes = new ArrayList<>();
    NodeList rectangles = svg.getElementsByTagName("rect");
    for (int i = 0; i < rectangles.getLength(); i++) {
      Element box = (Element) rectangles.item(i);
      if (box.getAttribute("class").equals("box")) {
        double x = Double.parseDouble(box.getAttribute("x"));
        double y = Double.parseDouble(box.getAttribute("y"));
        double right = x + Double.parseDouble(box.getAttribute("width"));
        double bottom = y + Double.parseDouble(box.getAttribute("height"));
        assertTrue(x > 0 && y > 0, name);
        assertTrue(right < Double.parseDouble(view[2]), name);
        assertTrue(bottom < Double.parseDouble(view[3]), name);
        for (double[] other : boxes) {
          boolean apart = right < other[0] || other[2] < x || bottom < other[1] || other[3] < y;
          assertTrue(apart, name + ": boxes overlap");
        }
        boxes.add(new double[] {x, y, right, bottom});
      }
    }
    try (var files = Files.list(CASES.resolve(name))) {
      assertEquals(files.count(), boxes.size());
    }
  }

  @Test
  void theSvgTellsItselfToWhoCannotSeeIt() throws Exception {
    Document svg = parse(graph(CASES.resolve("two")).out());
    assertEquals("img", svg.getDocumentElement().getAttribute("role"));
    assertEquals("title desc", svg.getDocumentElement().getAttribute("aria-labelledby"));
    String description = svg.getElementsByTagName("desc").item(0).getTextContent();
    assertTrue(
        description.contains("auth-userId: set by auth, read by articles, auth."), description);
  }

  @Test
  void optionalLinesAreDashedAndMissingProducersAreRed() {
    Path loop = CASES.resolve("loop");
    assertTrue(graph("--format", "mermaid", loop).out().contains("-.->|\"b-two\"|"));
    assertTrue(graph("--format", "mermaid", loop).out().contains("z-none<br/>nobody sets it"));
    assertTrue(graph("--format", "dot", loop).out().contains("[label=\"b-two\\l\", style=dashed]"));
    String svg = graph(loop).out();
    assertTrue(svg.contains("class=\"missing\" x=") && svg.contains(" optional\" d="), svg);
  }

  @Test
  void thePictureGoesIntoAFile() throws IOException {
    Path out = folder.resolve("new/graph.svg");
    assertEquals(new ContractRun(0, "", ""), graph("--out", out, CASES.resolve("two")));
    assertEquals(graph(CASES.resolve("two")).out(), Files.readString(out));
  }

  @Test
  void aBrokenManifestIsToldAndNothingDrawn() {
    ContractRun run = graph(ContractRun.CASES.resolve("check/KintoManifestInvalid/bad"));
    assertEquals(1, run.exit());
    assertEquals("", run.out());
    assertTrue(run.err().contains("[KintoManifestInvalid]"), run.err());
    assertFalse(run.err().contains("Exception"), run.err());
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
