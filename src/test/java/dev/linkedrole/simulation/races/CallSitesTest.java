package dev.linkedrole.simulation.races;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.linkedrole.iam.AccountInventory;
import dev.linkedrole.iam.PolicyDocuments;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.ledger.Associations;
import dev.linkedrole.ledger.Leases;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.simulation.faults.Fault;
import dev.linkedrole.simulation.world.SteppedCalls;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Bots;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A process dies before and after every remote call of every kind of life. The bytecode shows all methods that make
 * remote calls, so none is left out.
 */
class CallSitesTest {

    private static final String HOSE = "arn:aws:firehose:us-west-2:111122223333:deliverystream/acme";
    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/acme";

    /** The ports through which remote calls are made. */
    private static final Set<Class<?>> PORTS = Set.of(
            Ledger.class,
            Associations.class,
            Leases.class,
            Outbox.class,
            RoleGateway.class,
            AccountInventory.class,
            PolicyDocuments.class);

    /** Methods of ports that make no remote call. */
    private static final Set<String> NO_CALLS = Set.of("pendingAcknowledgements", "holder");

    /** Classes that only read, for operators; a test below checks that this stays so. */
    private static final Set<String> READERS = Set.of(
            "AccountUsageMetrics",
            "Inspector",
            "DryRunGateway",
            "LedgerRebuild",
            "PauseOperations",
            "ResyncPreviewer",
            "SettingsGuard");

    private static final Set<String> READS =
            Set.of("read", "policy", "versions", "find", "load", "page", "records", "all", "usage");

    /** Call sites that only service-linked roles reach; they are tested call by call in ServiceLinkedCrashesTest. */
    private static final Set<String> SERVICE_LINKED =
            Set.of("ServiceLinkedRoleUpserter", "ServiceLinkedRoleDeleter", "ProtectedGateway");

    private static final int MAX_CALLS = 120;

    private final Set<String> before = new TreeSet<>();
    private final Set<String> after = new TreeSet<>();
    private int deaths;

    private static final List<Race> SCENARIOS = List.of(
            Race.of("created", Action.TAKES, i -> List.of(i.created(0))),
            Race.of("created with a feature", Action.TAKES, i -> List.of(granted(i), i.created(0))),
            Race.of("created where the name is taken", Action.TAKES, i -> List.of(i.created(0)))
                    .after(InitialState.NAME_TAKEN),
            Race.of("granted", Action.TAKES, i -> List.of(i.created(0), granted(i))),
            Race.of("granted again", Action.TAKES_AGAIN, i -> List.of(i.created(0), granted(i))),
            Race.of("granted and told", Action.TAKES, i -> List.of(i.created(0), granted(i)))
                    .telling(),
            Race.of("taken", Action.TAKES, i -> List.of(i.created(0), granted(i), i.disabled(2, "agent-events"))),
            Race.of(
                    "taken by name and then granted late",
                    Action.TAKES,
                    i -> List.of(i.created(0), i.disabled(3, "agent-events", STREAM), granted(i))),
            Race.of("deleted", Action.TAKES, i -> List.of(i.created(0), granted(i), i.deleted(9))),
            Race.of("deleted again", Action.TAKES_AGAIN, i -> List.of(i.created(0), granted(i), i.deleted(9))),
            Race.of("deleted with what was put in by hand", Action.TAKES, i -> List.of(i.created(0), i.deleted(9)))
                    .after(InitialState.EDITED),
            Race.of("nothing new", Action.TAKES, i -> List.of(i.created(1), i.created(0))),
            Race.of("nothing new and told", Action.TAKES, i -> List.of(i.created(1), i.created(0)))
                    .telling(),
            Race.of("outgrown", Action.TAKES, i -> List.of(i.created(0), Bots.enabled(i, 1, 0, 250)))
                    .large(),
            Race.of(
                            "grown twice",
                            Action.TAKES,
                            i -> List.of(i.created(0), Bots.enabled(i, 1, 0, 250), Bots.enabled(i, 2, 250, 280)))
                    .large(),
            Race.of(
                            "outgrown and deleted",
                            Action.TAKES,
                            i -> List.of(i.created(0), Bots.enabled(i, 1, 0, 250), i.deleted(9)))
                    .large(),
            Race.of("too large", Action.IS_REJECTED, i -> List.of(i.created(0), Bots.enabled(i, 1, 0, 480)))
                    .large(),
            Race.of("outgrown and compared", Action.COMPARES, i -> List.of(i.created(0), Bots.enabled(i, 1, 0, 250)))
                    .large(),
            Race.of("compared", Action.COMPARES, i -> List.of(i.created(0), granted(i))),
            Race.of("edited and compared", Action.COMPARES, i -> List.of(i.created(0), granted(i)))
                    .after(InitialState.EDITED),
            Race.of("a resync", Action.RUNS_RESYNC, i -> List.of(i.created(0), granted(i))),
            Race.of("a resync with a description", Action.RUNS_RESYNC, i -> List.of(i.created(0)))
                    .after(InitialState.DESCRIBED),
            Race.of("a long resync", Action.RUNS_RESYNC, i -> List.of(i.created(0)))
                    .amid(Fault.TAKES_LONG),
            Race.of("a resync that fails", Action.RUNS_RESYNC, i -> List.of(i.created(0)))
                    .amid(Fault.FAILS),
            Race.of(
                            "a resync that finishes what another process has begun",
                            Action.RUNS_RESYNC,
                            i -> List.of(i.created(0), granted(i)))
                    .after(InitialState.ABANDONED),
            Race.of("granted where IAM rejects it", Action.TAKES, i -> List.of(i.created(0), granted(i)))
                    .amid(Fault.REFUSED),
            Race.of("a rejection is told", Action.PUBLISHES_REJECTION, i -> List.of(i.created(0)))
                    .telling(),
            Race.of("a rejection is noted", Action.NOTES_REJECTION, i -> List.of(i.created(0))),
            Race.of("an alias is looked up", Action.LOOKS_UP_ALIAS, i -> List.of(i.created(0), granted(i))),
            Race.of("an association is ended", Action.JOINS_ASSOCIATION, i -> List.of(i.created(0), granted(i))),
            Race.of("described by an operator", Action.DESCRIBES, i -> List.of(i.created(0))),
            Race.of("announced by an operator", Action.ANNOUNCES, i -> List.of(i.created(0))),
            Race.of("granted once the ledger was lost", Action.TAKES, i -> List.of(i.created(0), granted(i), more(i)))
                    .after(InitialState.LOST),
            Race.of(
                            "granted once the ledger was restored",
                            Action.TAKES,
                            i -> List.of(i.created(0), granted(i), more(i)))
                    .after(InitialState.RESTORED),
            Race.of("a resync once the ledger was lost", Action.RUNS_RESYNC, i -> List.of(i.created(0), granted(i)))
                    .after(InitialState.LOST),
            Race.of("a resync once the ledger was restored", Action.RUNS_RESYNC, i -> List.of(i.created(0), granted(i)))
                    .after(InitialState.RESTORED),
            Race.of("adopted once the ledger was lost", Action.ADOPTS, i -> List.of(i.created(0), granted(i)))
                    .after(InitialState.LOST),
            Race.of("adopted once the ledger was restored", Action.ADOPTS, i -> List.of(i.created(0), granted(i)))
                    .after(InitialState.RESTORED));

    private static RoleEvent granted(Instance instance) {
        return instance.enabled(1, "agent-events", STREAM);
    }

    private static RoleEvent more(Instance instance) {
        return instance.enabled(2, "agent-events", HOSE);
    }

    @Test
    void a_process_dies_before_and_after_the_call_of_every_call_site() {
        // When
        SCENARIOS.forEach(this::dieAtEveryCall);

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
        assertThat(calls().filter(call -> READERS.contains(owner(call)))
                        .map(call -> call.getTarget().getName()))
                .isNotEmpty()
                .isSubsetOf(READS);
    }

    private void dieAtEveryCall(Race scenario) {
        boolean died = true;
        for (int call = 1; died; call++) {
            assertThat(call).as("calls of '%s'", scenario.name()).isLessThan(MAX_CALLS);
            died = die(scenario, call, false);
            die(scenario, call, true);
        }
    }

    /** @return true if the call was reached */
    private boolean die(Race scenario, int lastCall, boolean takesEffect) {
        RaceRun played = scenario.begin();
        boolean dies = played.reach(lastCall);
        if (dies) {
            end(played.mortal(), takesEffect);
        }
        try {
            played.recover();
        } catch (AssertionError wrong) {
            throw new AssertionError(
                    "a process that dies " + (takesEffect ? "after" : "before") + " call " + lastCall + " of '"
                            + scenario.name() + "': " + wrong.getMessage(),
                    wrong);
        }
        return dies;
    }

    private void end(SteppedCalls.Actor mortal, boolean takesEffect) {
        String site = RaceRun.site(mortal);
        deaths++;
        if (takesEffect) {
            after.add(site);
            mortal.wire.dieAfter();
        } else {
            before.add(site);
            mortal.wire.dieBefore();
        }
    }

    /** Returns every method of the reconciling code that makes a remote call. */
    private static Set<String> sites() {
        return calls().filter(call -> !READERS.contains(owner(call)) && !SERVICE_LINKED.contains(owner(call)))
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
