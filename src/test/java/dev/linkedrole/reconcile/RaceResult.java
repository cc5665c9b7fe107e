package dev.linkedrole.reconcile;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.reconcile.apply.ReconcileMode;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Instance;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The state left by a process that died during the last event of a life, for the process that takes over.
 *
 * @param events all events of the instance
 */
public record RaceResult(ModelCloud cloud, Instance instance, List<RoleEvent> events, CrashPlan mortality) {

    /** Maximum number of calls, above that of any event. */
    private static final int MAX_CALLS = 40;

    /**
     * Runs a life once for each call that its last event makes, with the death of its process before the call, and
     * after it.
     */
    public static void ofEveryDeath(Function<Instance, List<RoleEvent>> life, Consumer<RaceResult> then) {
        CrashPlan.ofEveryCall(MAX_CALLS, mortality -> {
            Instance instance = Instance.random();
            RaceResult after = new RaceResult(new ModelCloud(false), instance, life.apply(instance), mortality);
            after.live();
            then.accept(after);
        });
    }

    private void live() {
        events.subList(0, events.size() - 1).forEach(this::take);
        await(cloud.process(mortality)
                .handler()
                .handle(events.getLast(), false)
                .replaceWithVoid()
                .onFailure(failure -> mortality.died())
                .recoverWithNull());
    }

    public void take(RoleEvent event) {
        await(cloud.process().handler().handle(event, false));
    }

    /** Redelivers the message of the last event. */
    public void takeLastAgain() {
        await(cloud.process().handler().handle(events.getLast(), true));
    }

    public void reconcile() {
        await(cloud.process().reconciler().reconcile(instance.id(), ReconcileMode.IAM));
    }

    public Optional<LinkedRole> recorded() {
        return await(cloud.process().ledger().load(instance.id())).map(record -> record.role());
    }

    /** Asserts that exactly this is recorded, and that no work is left. */
    public void assertSettled(LinkedRole known) {
        assertThat(await(cloud.process()
                        .ledger()
                        .load(instance.id(), known.grantWrites().keySet())))
                .as(toString())
                .hasValueSatisfying(record -> {
                    assertThat(record.role()).isEqualTo(known);
                    assertThat(record.settled()).isTrue();
                    assertThat(record.conditions()).isEmpty();
                });
    }

    @Override
    public String toString() {
        return mortality.toString();
    }
}
