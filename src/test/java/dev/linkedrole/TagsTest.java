package dev.linkedrole;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** Every test that needs an AWS has its tag, since {@code make integration-test} runs tagged tests only. */
@AnalyzeClasses(packages = "dev.linkedrole", importOptions = ImportOption.OnlyIncludeTests.class)
class TagsTest {

    private static final Set<String> TAGS = Set.of("org.junit.jupiter.api.Tag", "net.jqwik.api.Tag");

    /** Classes that connect to an AWS when they are used. */
    private static final Set<String> REACHING = Set.of(
            "AwsTestClients",
            "Deployment",
            "LocalAwsResource",
            "SharedTable",
            "TestBeans",
            "OutcomeListener",
            "FaultyAws");

    @ArchTest
    static final ArchRule tests_that_need_an_aws_are_tagged = classes()
            .that(describe("are tests that reach for an AWS", TagsTest::reachesForAws))
            .should(new ArchCondition<>("be tagged as such") {
                @Override
                public void check(JavaClass test, ConditionEvents events) {
                    boolean tagged = test.getAnnotations().stream()
                            .filter(annotation ->
                                    TAGS.contains(annotation.getRawType().getName()))
                            .anyMatch(annotation ->
                                    "aws".equals(annotation.get("value").orElse("")));
                    events.add(new SimpleConditionEvent(test, tagged, test.getName() + " needs @Tag(\"aws\")"));
                }
            });

    /** Class that connects to an AWS if it is created without another access to IAM. */
    private static final String REPLICA = "Replica";

    private static boolean reachesForAws(JavaClass type) {
        String name = type.getSimpleName();
        return (name.endsWith("Test") || name.endsWith("IT"))
                && (makesReplica(type)
                        || type.getDirectDependenciesFromSelf().stream()
                                .map(dependency -> dependency.getTargetClass())
                                .filter(target -> target.getPackageName().startsWith("dev.linkedrole.testing"))
                                .anyMatch(target -> REACHING.contains(target.getSimpleName())));
    }

    private static boolean makesReplica(JavaClass type) {
        return type.getConstructorCallsFromSelf().stream().anyMatch(TagsTest::isOfReplica)
                || type.getMethodCallsFromSelf().stream()
                        .filter(TagsTest::isOfReplica)
                        .map(call -> call.getTarget().resolveMember().orElseThrow())
                        .anyMatch(method -> method.getModifiers().contains(JavaModifier.STATIC));
    }

    private static boolean isOfReplica(JavaCall<?> call) {
        return call.getTargetOwner().getSimpleName().equals(REPLICA);
    }
}
