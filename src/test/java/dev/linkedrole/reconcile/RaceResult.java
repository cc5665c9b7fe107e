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
 * The state that is left behind by a process that died during the last event of a life, for the process that takes over.
 *
 * @param events what happened to the instance, all of it
 */
public record RaceResult(ModelCloud cloud, Instance instance, List<RoleEvent> events, CrashPlan mortality) {

    /** More calls than any event takes. */
    private static final int MAX_CALLS = 40;

    /** Lives a life once for every call that its last event takes, with the death of its process before and after it. */
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

    /** The message of the last event comes again. */
    public void takeLastAgain() {
        await(cloud.process().handler().handle(events.getLast(), true));
    }

    public void reconcile() {
        await(cloud.process().reconciler().reconcile(instance.id(), ReconcileMode.IAM));
    }

    public Optional<LinkedRole> recorded() {
        return await(cloud.process().ledger().load(instance.id())).map(record -> record.role());
    }

    /** Just that is recorded, and nothing is left to be done. */
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
