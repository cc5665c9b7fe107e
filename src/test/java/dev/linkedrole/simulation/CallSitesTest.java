package dev.linkedrole.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.linkedrole.iam.Census;
import dev.linkedrole.iam.PolicyDocuments;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.ledger.Leases;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.role.RoleEvent;
import dev.linkedrole.testing.Bots;
import dev.linkedrole.testing.Instance;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A process that dies before and after every single remote call of every kind of life. That no place in the code from which a remote call is made
 * was left out is not taken from a list: the bytecode is asked for all there are.
 */
class CallSitesTest {

    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/acme";

    /** What remote calls are made through. */
    private static final Set<Class<?>> PORTS =
            Set.of(Ledger.class, Leases.class, Outbox.class, RoleGateway.class, Census.class, PolicyDocuments.class);

    /** Asks the port, and nobody behind it. */
    private static final Set<String> NO_CALLS = Set.of("awaiting", "holder");

    /** It only reads, for operators who look: below it is seen to it that this stays so. */
    private static final String READER = "Inspector";

    private static final Set<String> READS = Set.of("read", "policy", "versions");

    /** What a service-linked role alone has done to it is put to the test, call by call, in ServiceLinkedDeathsTest. */
    private static final Set<String> SERVICE_LINKED =
            Set.of("ServiceLinkedGrowth", "ServiceLinkedRemoval", "ProtectedGateway");

    private static final int MOST_CALLS = 120;

    private final Set<String> before = new TreeSet<>();
    private final Set<String> after = new TreeSet<>();
    private int deaths;

    private static final List<Plot> PLOTS = List.of(
            Plot.of("created", Act.TAKES, i -> List.of(i.created(0))),
            Plot.of("created with a feature", Act.TAKES, i -> List.of(granted(i), i.created(0))),
            Plot.of("created where the name is taken", Act.TAKES, i -> List.of(i.created(0)))
                    .after(Prelude.NAME_TAKEN),
            Plot.of("granted", Act.TAKES, i -> List.of(i.created(0), granted(i))),
            Plot.of("granted again", Act.TAKES_AGAIN, i -> List.of(i.created(0), granted(i))),
            Plot.of("granted and told", Act.TAKES, i -> List.of(i.created(0), granted(i)))
                    .telling(),
            Plot.of("taken", Act.TAKES, i -> List.of(i.created(0), granted(i), i.disabled(2, "agent-events"))),
            Plot.of(
                    "taken by name and then granted late",
                    Act.TAKES,
                    i -> List.of(i.created(0), i.disabled(3, "agent-events", STREAM), granted(i))),
            Plot.of("deleted", Act.TAKES, i -> List.of(i.created(0), granted(i), i.deleted(9))),
            Plot.of("deleted again", Act.TAKES_AGAIN, i -> List.of(i.created(0), granted(i), i.deleted(9))),
            Plot.of("deleted with what was put in by hand", Act.TAKES, i -> List.of(i.created(0), i.deleted(9)))
                    .after(Prelude.EDITED),
            Plot.of("nothing new", Act.TAKES, i -> List.of(i.created(1), i.created(0))),
            Plot.of("nothing new and told", Act.TAKES, i -> List.of(i.created(1), i.created(0)))
                    .telling(),
            Plot.of("outgrown", Act.TAKES, i -> List.of(i.created(0), Bots.enabled(i, 1, 0, 250)))
                    .large(),
            Plot.of(
                            "grown twice",
                            Act.TAKES,
                            i -> List.of(i.created(0), Bots.enabled(i, 1, 0, 250), Bots.enabled(i, 2, 250, 280)))
                    .large(),
            Plot.of(
                            "outgrown and deleted",
                            Act.TAKES,
                            i -> List.of(i.created(0), Bots.enabled(i, 1, 0, 250), i.deleted(9)))
                    .large(),
            Plot.of("too large", Act.IS_REFUSED, i -> List.of(i.created(0), Bots.enabled(i, 1, 0, 480)))
                    .large(),
            Plot.of("outgrown and compared", Act.COMPARES, i -> List.of(i.created(0), Bots.enabled(i, 1, 0, 250)))
                    .large(),
            Plot.of("compared", Act.COMPARES, i -> List.of(i.created(0), granted(i))),
            Plot.of("edited and compared", Act.COMPARES, i -> List.of(i.created(0), granted(i)))
                    .after(Prelude.EDITED),
            Plot.of("a shift", Act.WORKS_A_SHIFT, i -> List.of(i.created(0), granted(i))),
            Plot.of("a shift with a description", Act.WORKS_A_SHIFT, i -> List.of(i.created(0)))
                    .after(Prelude.DESCRIBED),
            Plot.of("a long shift", Act.WORKS_A_SHIFT, i -> List.of(i.created(0)))
                    .amid(Trouble.TAKES_LONG),
            Plot.of("a shift that fails", Act.WORKS_A_SHIFT, i -> List.of(i.created(0)))
                    .amid(Trouble.FAILS),
            Plot.of(
                            "a shift that finishes what another process has begun",
                            Act.WORKS_A_SHIFT,
                            i -> List.of(i.created(0), granted(i)))
                    .after(Prelude.ABANDONED),
            Plot.of("granted where IAM refuses it", Act.TAKES, i -> List.of(i.created(0), granted(i)))
                    .amid(Trouble.REFUSED),
            Plot.of("a refusal is told", Act.TELLS_OF_REFUSAL, i -> List.of(i.created(0)))
                    .telling(),
            Plot.of("a refusal is noted", Act.NOTES_REFUSAL, i -> List.of(i.created(0))),
            Plot.of("described by an operator", Act.DESCRIBES, i -> List.of(i.created(0))),
            Plot.of("announced by an operator", Act.ANNOUNCES, i -> List.of(i.created(0))));

    private static RoleEvent granted(Instance instance) {
        return instance.enabled(1, "agent-events", STREAM);
    }

    @Test
    void a_process_dies_before_and_after_every_call_from_every_place_that_makes_one() {
        // When
        PLOTS.forEach(this::dieAtEveryCall);

        // Then
        Set<String> all = sites();
        assertThat(before).as("places at which a process died before a call").containsAll(all);
        assertThat(after).as("places at which a process died after a call").containsAll(all);
        System.out.printf("%d places from which remote calls are made, %d deaths%n", all.size(), deaths);
    }

    @Test
    void a_place_that_makes_a_call_can_be_told_from_the_stack() {
        assertThat(types().flatMap(type -> type.getMethodReferencesFromSelf().stream())
                        .filter(CallSitesTest::isRemote)
                        .map(JavaCodeUnitAccess::getDescription))
                .as("method references, of which no stack tells who made them: write a lambda")
                .isEmpty();
    }

    @Test
    void who_is_left_out_only_reads() {
        assertThat(calls().filter(call -> owner(call).equals(READER))
                        .map(call -> call.getTarget().getName()))
                .isNotEmpty()
                .isSubsetOf(READS);
    }

    private void dieAtEveryCall(Plot plot) {
        boolean died = true;
        for (int call = 1; died; call++) {
            assertThat(call).as("calls of '%s'", plot.name()).isLessThan(MOST_CALLS);
            died = die(plot, call, false);
            die(plot, call, true);
        }
    }

    /** @return whether it came to that call */
    private boolean die(Plot plot, int lastCall, boolean takesEffect) {
        Played played = plot.begin();
        boolean dies = played.reach(lastCall);
        if (dies) {
            end(played.mortal(), takesEffect);
        }
        try {
            played.recover();
        } catch (AssertionError wrong) {
            throw new AssertionError(
                    "a process that dies " + (takesEffect ? "after" : "before") + " call " + lastCall + " of '"
                            + plot.name() + "': " + wrong.getMessage(),
                    wrong);
        }
        return dies;
    }

    private void end(Stepped.Actor mortal, boolean takesEffect) {
        String site = Played.site(mortal);
        deaths++;
        if (takesEffect) {
            after.add(site);
            mortal.wire.dieAfter();
        } else {
            before.add(site);
            mortal.wire.dieBefore();
        }
    }

    /** Every place in the reconciling code from which a remote call is made. */
    private static Set<String> sites() {
        return calls().filter(call -> !owner(call).equals(READER) && !SERVICE_LINKED.contains(owner(call)))
                .map(call -> owner(call) + "."
                        + call.getOrigin().getName().replaceFirst("^lambda\\$([^$]*)\\$.*", "$1") + " > "
                        + call.getTarget().getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<JavaCodeUnitAccess<?>> calls() {
        return types().flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(CallSitesTest::isRemote)
                .map(call -> call);
    }

    private static boolean isRemote(JavaCodeUnitAccess<?> call) {
        return PORTS.stream().anyMatch(port -> call.getTargetOwner().isEquivalentTo(port))
                && !NO_CALLS.contains(call.getTarget().getName());
    }

    private static Stream<JavaClass> types() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.linkedrole.reconcile");
        return classes.stream();
    }

    private static String owner(JavaCodeUnitAccess<?> call) {
        return call.getOriginOwner().getName().replaceFirst(".*\\.", "").replaceFirst("\\$.*", "");
    }
}
