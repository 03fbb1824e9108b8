package dev.kinto.gateway;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a test opened is closed by JUnit, as far as it was opened: fields with {@code @AutoClose}. A
 * tear-down that closes them itself fails where the set-up was skipped, and hides why.
 */
class TearDownsTest {
  private static final ArchCondition<JavaMethod> CLOSE_SOMETHING =
      new ArchCondition<>("close something") {
        @Override
        public void check(JavaMethod method, ConditionEvents events) {
          method.getMethodCallsFromSelf().stream()
              .filter(CLOSING)
              .forEach(call -> events.add(SimpleConditionEvent.satisfied(method, call.toString())));
        }
      };

  private static final DescribedPredicate<com.tngtech.archunit.core.domain.JavaCall<?>> CLOSING =
      target(name("close")).or(target(name("stop")));

  @Test
  void noTearDownClosesWhatASetUpMayNotHaveOpened() {
    noMethods()
        .that()
        .areAnnotatedWith(AfterEach.class)
        .or()
        .areAnnotatedWith(AfterAll.class)
        .should(CLOSE_SOMETHING)
        .allowEmptyShould(true)
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages("dev.kinto"));
  }
}
