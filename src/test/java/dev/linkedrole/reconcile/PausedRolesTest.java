package dev.linkedrole.reconcile;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.linkedrole.iammodel.IamModelClient;
import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.RecentWindow;
import dev.linkedrole.reconcile.event.HandlingResult;
import dev.linkedrole.reconcile.operations.PauseOperations;
import dev.linkedrole.reconcile.resync.ResyncResult;
import dev.linkedrole.reconcile.resync.WholeResync;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.pause.PauseScope;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.ContractTable;
import dev.linkedrole.testing.iam.Permission;
import dev.linkedrole.testing.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Roles that an operator has paused: events are recorded, and nothing is written to IAM until the end. */
class PausedRolesTest {

    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/one";
    static final String BY_HAND =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}";
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualTime time = new ManualTime();
    private final Instance instance = Instance.random();
    private final ModelCloud cloud = new ModelCloud(true, time);
    private final List<String> calls = new ArrayList<>();
    private final ModelCloud.MortalProcess process = cloud.process(new Recorded(calls));
    private final PauseOperations pauses = process.pauseOperations();

    @Test
    void events_are_recorded_and_acknowledged_and_iam_is_not_even_asked() {
        // Given
        process.take(instance.created(0));
        pause(new PauseScope.OfRole(instance.id()));
        calls.clear();

        // When
        HandlingResult result = take(instance.enabled(1, "agent-events", STREAM));

        // Then
        assertThat(paused(result.reconciliation())).contains("an audit");
        assertThat(process.record(instance).revision()).isEqualTo(2);
        assertThat(process.record(instance).appliedRevision()).isEqualTo(1);
        assertThat(process.record(instance).conditions()).isEmpty();
        assertThat(cloud.permissions(instance.roleName())).contains(ContractTable.BASE);
        assertThat(calls).doesNotContain("GetRole", "PutRolePolicy");
    }

    @Test
    void after_the_end_the_next_look_at_pending_roles_applies_what_waited() {
        // Given
        process.take(instance.created(0));
        pause(new PauseScope.All());
        take(instance.enabled(1, "agent-events", STREAM));

        // When
        time.pass(HOUR);
        assertThat(pending()).containsEntry(ResyncResult.REPAIRED, 1L);

        // Then
        assertThat(process.record(instance).settled()).isTrue();
        assertThat(granted()).isTrue();
    }

    @Test
    void an_operator_ends_a_pause_and_the_next_event_brings_all_that_waited() {
        // Given
        process.take(instance.created(0));
        pause(new PauseScope.OfAccount(Instance.ACCOUNT));
        take(instance.enabled(1, "agent-events", STREAM));

        // When
        assertThat(await(pauses.end(new PauseScope.OfAccount(Instance.ACCOUNT))))
                .isPresent();
        take(instance.enabled(2, "outbound-campaigns"));

        // Then
        assertThat(granted()).isTrue();
        assertThat(await(pauses.end(new PauseScope.OfAccount(Instance.ACCOUNT))))
                .isEmpty();
    }

    @Test
    void a_pending_role_stays_pending_while_it_is_paused() {
        // Given
        process.take(instance.created(0));
        pause(new PauseScope.All());
        take(instance.enabled(1, "agent-events", STREAM));

        // Then
        assertThat(pending()).isEqualTo(Map.of(ResyncResult.BLOCKED, 1L));
        assertThat(pending()).isEqualTo(Map.of(ResyncResult.BLOCKED, 1L));
        assertThat(process.record(instance).conditions()).isEmpty();
    }

    @Test
    void a_deletion_waits_for_the_end() {
        // Given
        process.take(instance.created(0));
        pause(new PauseScope.All());

        // When
        take(instance.deleted(1));
        assertThat(cloud.permissions(instance.roleName())).isPresent();
        time.pass(HOUR);
        pending();

        // Then
        assertThat(cloud.permissions(instance.roleName())).isEmpty();
    }

    @Test
    void manual_edits_stay_until_the_end() {
        // Given
        process.take(instance.created(0));
        pause(new PauseScope.All());
        byHand("by-hand");

        // When
        assertThat(round()).isEqualTo(Map.of(ResyncResult.BLOCKED, 1L));
        assertThat(cloud.inlinePolicies(instance.roleName()).orElseThrow()).containsKey("by-hand");
        time.pass(HOUR);

        // Then
        assertThat(round()).isEqualTo(Map.of(ResyncResult.REPAIRED, 1L));
        assertThat(cloud.inlinePolicies(instance.roleName()).orElseThrow()).doesNotContainKey("by-hand");
    }

    @Test
    void other_roles_go_on() {
        // Given
        Instance other = Instance.random();
        process.take(instance.created(0));
        pause(new PauseScope.OfRole(instance.id()));

        // When
        process.take(other.created(0));

        // Then
        assertThat(cloud.permissions(other.roleName())).contains(ContractTable.BASE);
    }

    @Test
    void outcomes_follow_once_the_events_are_applied() {
        // Given
        process.take(instance.created(0));
        pause(new PauseScope.All());
        take(instance.enabled(1, "agent-events", STREAM));
        assertThat(outcomes()).isEqualTo(1);

        // When
        time.pass(HOUR);
        pending();

        // Then
        assertThat(outcomes()).isEqualTo(2);
    }

    @Test
    void a_plan_stops_at_the_first_step_after_the_replica_sees_the_pause() {
        // Given
        ModelCloud.MortalProcess pausedMidway = cloud.process(new PausedAt("CreateRole"));

        // When
        HandlingResult result = await(pausedMidway.handler().handle(instance.created(0), false));

        // Then
        assertThat(paused(result.reconciliation())).contains("an audit");
        assertThat(cloud.inlinePolicies(instance.roleName())).contains(Map.of());

        // And the rest follows after the end
        time.pass(HOUR);
        assertThat(pending()).containsEntry(ResyncResult.REPAIRED, 1L);
        assertThat(cloud.permissions(instance.roleName())).contains(ContractTable.BASE);
    }

    @Test
    void an_instance_that_nobody_knows_cannot_be_paused() {
        assertThatExceptionOfType(UnknownInstanceException.class)
                .isThrownBy(() -> pause(new PauseScope.OfRole(instance.id())));
    }

    @Test
    void there_are_at_most_100_pauses_at_once_and_old_ones_are_removed() {
        // Given
        for (int i = 0; i < PauseOperations.MAX_PAUSES; i++) {
            pause(new PauseScope.OfAccount(String.format("%012d", i)));
        }
        assertThatExceptionOfType(PauseOperations.TooManyPausesException.class)
                .isThrownBy(() -> pause(new PauseScope.All()));

        // When
        pause(new PauseScope.OfAccount("000000000000"));
        time.pass(Duration.ofDays(2));
        pause(new PauseScope.All());

        // Then
        assertThat(await(cloud.pauses().all())).hasSize(1);
        assertThat(await(pauses.list())).hasSize(1);
    }

    @Test
    void a_service_that_observes_records_and_reads_and_tells_the_next_step() {
        // Given
        ModelCloud.MortalProcess observer = cloud.observer();
        process.take(instance.created(0));

        // When
        HandlingResult result = await(observer.handler().handle(instance.enabled(1, "agent-events", STREAM), false));

        // Then
        assertThat(paused(result.reconciliation()))
                .contains("linked-role.observe", "would be: put the inline policy linked-role");
        assertThat(observer.record(instance).revision()).isEqualTo(2);
        assertThat(cloud.permissions(instance.roleName())).contains(ContractTable.BASE);
    }

    @Test
    void a_service_that_observes_creates_and_deletes_nothing() {
        // Given
        Instance other = Instance.random();
        ModelCloud.MortalProcess observer = cloud.observer();
        process.take(instance.created(0));

        // When
        observer.take(other.created(0), instance.deleted(1));

        // Then
        assertThat(cloud.roles()).containsExactly(instance.roleName().value());
    }

    @Test
    void a_service_that_observes_finds_a_role_in_force_that_is_as_recorded() {
        // Given
        process.take(instance.created(0));

        // Then
        assertThat(await(cloud.observer().operations(time).reconcile(instance.id())))
                .isInstanceOf(Reconciliation.InForce.class);
    }

    private void pause(PauseScope scope) {
        await(pauses.pause(scope, "an audit", "ann", time.instant().plus(HOUR)));
    }

    private HandlingResult take(RoleEvent event) {
        return await(process.handler().handle(event, false));
    }

    private static String paused(Reconciliation reconciliation) {
        assertThat(reconciliation).isInstanceOf(Reconciliation.Blocked.class);
        Condition condition = ((Reconciliation.Blocked) reconciliation).condition();
        assertThat(condition.type()).isEqualTo(Condition.Type.Paused);
        return condition.detail();
    }

    private Map<ResyncResult, Long> pending() {
        RecentWindow none = RecentWindow.around(time.instant().minus(Duration.ofDays(1)), Duration.ofSeconds(1));
        return await(WholeResync.pending(process.parts().resync(time, HOUR, 1), none, (id, failure) -> {}));
    }

    private Map<ResyncResult, Long> round() {
        return await(WholeResync.of(process.parts().resync(time, HOUR, 1), (id, failure) -> {}));
    }

    private void byHand(String policy) {
        cloud.administrator()
                .putRolePolicy(r -> r.roleName(instance.roleName().value())
                        .policyName(policy)
                        .policyDocument(BY_HAND))
                .join();
    }

    private int outcomes() {
        return await(process.ledger().oldest(Outbox.laneOf(instance.id()), 10)).size();
    }

    /** True if the role has more than every role. */
    private boolean granted() {
        Set<Permission> permissions = cloud.permissions(instance.roleName()).orElseThrow();
        return permissions.containsAll(ContractTable.BASE) && permissions.size() > ContractTable.BASE.size();
    }

    /** Records the names of all calls. */
    private record Recorded(List<String> calls) implements ModelCloud.Between {
        @Override
        public <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
            calls.add(operation);
            return IamModelClient.atOnce(operation, effect);
        }
    }

    /** Pauses all roles at a call, and lets every view of the pauses become too old. */
    private final class PausedAt implements ModelCloud.Between {

        private final String at;

        PausedAt(String at) {
            this.at = at;
        }

        @Override
        public <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
            CompletableFuture<T> answer = IamModelClient.atOnce(operation, effect);
            if (operation.equals(at)) {
                pause(new PauseScope.All());
                time.pass(Duration.ofSeconds(5));
            }
            return answer;
        }
    }
}
