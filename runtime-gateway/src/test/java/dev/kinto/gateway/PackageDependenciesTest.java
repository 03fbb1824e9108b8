package dev.kinto.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dependencies run one way, and each library stays behind one package. */
class PackageDependenciesTest {
  private static final String GATEWAY = "dev.kinto.gateway";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(GATEWAY);

  @Test
  void thePackagesHaveNoCycles() {
    slices().matching(GATEWAY + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  /** The parts are wired in the root package, and know nothing of it. */
  @Test
  void noPartKnowsWhereItIsWired() {
    noClasses()
        .that()
        .resideInAPackage(GATEWAY + ".*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(GATEWAY)
        .check(CLASSES);
  }

  @ParameterizedTest(name = "{1} only in {0}")
  @CsvSource({
    "listen, io.helidon",
    "http2, io.netty",
    "grid, org.apache.ignite",
    "grid, javax.cache",
    "config, org.snakeyaml",
    "metrics, io.micrometer",
    "tracing, io.opentelemetry",
  })
  void aLibraryIsUsedInOnePackageOnly(String part, String library) {
    noClasses()
        .that()
        .resideOutsideOfPackage(GATEWAY + "." + part + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library + "..")
        .check(CLASSES);
  }

  /** Refusals are what everything else may throw: they know no other part. */
  @Test
  void refusalsKnowNoOtherPart() {
    noClasses()
        .that()
        .resideInAPackage(GATEWAY + ".problem..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            GATEWAY,
            GATEWAY + ".cli..",
            GATEWAY + ".config..",
            GATEWAY + ".forward..",
            GATEWAY + ".grid..",
            GATEWAY + ".http..",
            GATEWAY + ".listen..",
            GATEWAY + ".route..",
            GATEWAY + ".session..",
            GATEWAY + ".upstream..")
        .check(CLASSES);
  }
}
