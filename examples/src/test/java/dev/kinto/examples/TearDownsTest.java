package dev.kinto.examples;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a test opened is closed by JUnit, as far as it was opened: fields with {@code @AutoClose}. A
 * tear-down that closes them itself fails where the set-up was skipped, and hides why. This holds
 * in all modules; this one is built last, when the test classes of the others are there.
 */
class TearDownsTest {
  private static final ArchCondition<JavaMethod> CLOSE_SOMETHING =
      new ArchCondition<>("close something") {
        @Override
        public void check(JavaMethod method, ConditionEvents events) {
          calls(method, new HashSet<>())
              .filter(TearDownsTest::closesAField)
              .forEach(call -> events.add(SimpleConditionEvent.satisfied(method, call.toString())));
        }
      };

  /** Whether what is closed is of the type of a field that the same method looks at. */
  private static boolean closesAField(JavaMethodCall call) {
    return CLOSING.test(call)
        && call.getOrigin().getFieldAccesses().stream()
            .anyMatch(field -> field.getTarget().getRawType().equals(call.getTargetOwner()));
  }

  /** What a method calls, by itself and through other methods of its class. */
  private static Stream<JavaMethodCall> calls(JavaMethod method, Set<JavaMethod> seen) {
    if (!seen.add(method)) {
      return Stream.empty();
    }
    return method.getMethodCallsFromSelf().stream()
        .flatMap(
            call ->
                Stream.concat(
                    Stream.of(call),
                    call.getTarget().resolveMember().stream()
                        .filter(called -> called.getOwner().equals(method.getOwner()))
                        .flatMap(called -> calls(called, seen))));
  }

  private static final DescribedPredicate<com.tngtech.archunit.core.domain.JavaCall<?>> CLOSING =
      target(name("close")).or(target(name("stop")));

  @Test
  void noTearDownClosesWhatASetUpMayNotHaveOpened() throws IOException {
    noMethods()
        .that()
        .areAnnotatedWith(AfterEach.class)
        .or()
        .areAnnotatedWith(AfterAll.class)
        .should(CLOSE_SOMETHING)
        .allowEmptyShould(true)
        .check(new ClassFileImporter().importPaths(testClasses()));
  }

  private static List<Path> testClasses() throws IOException {
    try (Stream<Path> folders = Files.find(Path.of(".."), 4, (path, is) -> is.isDirectory())) {
      return folders.filter(folder -> folder.endsWith("target/test-classes")).toList();
    }
  }
}
