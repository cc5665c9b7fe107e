package dev.linkedrole;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.NullMarked;

/** Rules on the dependencies between packages and on the use of blocking and SDK calls. */
@AnalyzeClasses(packages = "dev.linkedrole", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "dev.linkedrole";
    private static final String CORE = "dev.linkedrole.role..";
    private static final String RECEIVER = "dev.linkedrole.intake.consumer..";

    /** Methods that block a thread until a Uni or a Multi completes. */
    private static final Set<String> BLOCKING = Set.of("await", "asIterable", "asStream", "toIterable", "toStream");

    @ArchTest
    static final ArchRule the_arrows_between_rooms_point_to_the_core = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
            .withOptionalLayers(true)
            .layer("wiring")
            .definedBy(ROOT)
            .layer("role")
            .definedBy(CORE)
            .layer("catalog")
            .definedBy("dev.linkedrole.catalog..")
            .layer("retry")
            .definedBy("dev.linkedrole.retry..")
            .layer("loop")
            .definedBy("dev.linkedrole.loop..")
            .layer("config")
            .definedBy("dev.linkedrole.config..")
            .layer("ledger")
            .definedBy("dev.linkedrole.ledger..")
            .layer("iam")
            .definedBy("dev.linkedrole.iam..")
            .layer("connect")
            .definedBy("dev.linkedrole.connect..")
            .layer("reconcile")
            .definedBy("dev.linkedrole.reconcile..")
            .layer("intake")
            .definedBy("dev.linkedrole.intake..")
            .layer("outcome")
            .definedBy("dev.linkedrole.outcome..")
            .layer("api")
            .definedBy("dev.linkedrole.api..")
            .whereLayer("wiring")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("role")
            .mayNotAccessAnyLayer()
            .whereLayer("retry")
            .mayNotAccessAnyLayer()
            .whereLayer("loop")
            .mayNotAccessAnyLayer()
            .whereLayer("catalog")
            .mayOnlyAccessLayers("role")
            .whereLayer("config")
            .mayOnlyAccessLayers("role", "catalog")
            .whereLayer("ledger")
            .mayOnlyAccessLayers("role", "config", "retry")
            .whereLayer("iam")
            .mayOnlyAccessLayers("role", "config", "retry")
            .whereLayer("connect")
            .mayOnlyAccessLayers("role", "retry", "loop", "iam", "intake", "ledger", "reconcile")
            .whereLayer("reconcile")
            .mayOnlyAccessLayers("role", "config", "retry", "loop", "ledger", "iam")
            .whereLayer("intake")
            .mayOnlyAccessLayers("role", "config", "retry", "loop", "reconcile")
            .whereLayer("outcome")
            .mayOnlyAccessLayers("role", "config", "retry", "ledger")
            .whereLayer("api")
            .mayOnlyAccessLayers("role", "config", "retry", "ledger", "reconcile", "iam", "connect", "intake");

    @ArchTest
    static final ArchRule every_class_is_in_a_room_that_has_arrows = classes()
            .should()
            .resideInAnyPackage(
                    ROOT,
                    CORE,
                    "dev.linkedrole.catalog..",
                    "dev.linkedrole.config..",
                    "dev.linkedrole.retry..",
                    "dev.linkedrole.loop..",
                    "dev.linkedrole.ledger..",
                    "dev.linkedrole.iam..",
                    "dev.linkedrole.connect..",
                    "dev.linkedrole.reconcile..",
                    "dev.linkedrole.intake..",
                    "dev.linkedrole.outcome..",
                    "dev.linkedrole.api..");

    @ArchTest
    static final ArchRule the_core_knows_no_framework = classes()
            .that()
            .resideInAPackage(CORE)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    CORE,
                    "java..",
                    "org.jspecify.annotations",
                    "software.amazon.awssdk.arns",
                    "software.amazon.awssdk.policybuilder.."));

    @ArchTest
    static final ArchRule the_receiver_knows_neither_a_framework_nor_sqs = classes()
            .that()
            .resideInAPackage(RECEIVER)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    RECEIVER,
                    "dev.linkedrole.loop",
                    "dev.linkedrole.retry",
                    "java..",
                    "io.smallrye.mutiny..",
                    "org.jspecify.annotations",
                    "org.slf4j.."));

    @ArchTest
    static final ArchRule the_core_does_no_input_or_output = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.sql..")
                    .and(resideOutsideOfPackage("java.nio.charset")));

    @ArchTest
    static final ArchRule the_core_has_no_clock_and_no_chance = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .dependOnClassesThat(describe(
                    "are clocks or random",
                    type -> type.isAssignableTo(Clock.class)
                            || type.isAssignableTo(Random.class)
                            || type.isAssignableTo(RandomGenerator.class)
                            || type.isEquivalentTo(ThreadLocalRandom.class)));

    @ArchTest
    static final ArchRule the_sdk_ends_at_the_ports = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.linkedrole.api..",
                    "dev.linkedrole.reconcile..",
                    "dev.linkedrole.config..",
                    "dev.linkedrole.loop..",
                    "dev.linkedrole.connect",
                    RECEIVER)
            .or(resideInAnyPackage("dev.linkedrole.ledger..", "dev.linkedrole.iam..")
                    .and(INTERFACES.or(assignableTo(RuntimeException.class))))
            .should()
            .dependOnClassesThat(resideInAPackage("software.amazon.awssdk..")
                    .and(resideOutsideOfPackage("software.amazon.awssdk.policybuilder..")));

    @ArchTest
    static final ArchRule no_two_rooms_need_each_other =
            slices().matching("dev.linkedrole.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule no_two_files_need_each_other = slices().assignedFrom(files())
            .should()
            .beFreeOfCycles()
            .ignoreDependency(describe("a constraint that names its validator", JavaClass::isAnnotation), alwaysTrue());

    @ArchTest
    static final ArchRule every_package_is_null_marked = classes().should(beInANullMarkedPackage());

    @ArchTest
    static final ArchRule nobody_blocks_on_mutiny = noClasses()
            .should()
            .accessTargetWhere(describe(
                    "a blocking operator of Mutiny is called",
                    access -> isOfMutiny(access)
                            && BLOCKING.contains(access.getTarget().getName())));

    @ArchTest
    static final ArchRule names_say_what_a_class_is = noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
            .because("such a name fits any class");

    /** Returns slices of one source file each: a class with its nested classes. */
    private static SliceAssignment files() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(type.getName().replaceFirst("\\$.*", ""));
            }

            @Override
            public String getDescription() {
                return "files";
            }
        };
    }

    private static boolean isOfMutiny(JavaAccess<?> access) {
        return resideInAPackage("io.smallrye.mutiny..").test(access.getTargetOwner());
    }

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a package whose package-info is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(type, marked, type.getPackageName() + " of " + type.getName()));
            }
        };
    }
}
