package dev.linkedrole.reconcile;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.iammodel.IamModelClient;
import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.reconcile.apply.ReconcileMode;
import dev.linkedrole.reconcile.resync.ResyncResult;
import dev.linkedrole.reconcile.resync.WholeResync;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.plan.RepairCounts;
import dev.linkedrole.role.state.RoleSettings;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.LogLines;
import dev.linkedrole.testing.iam.Bots;
import dev.linkedrole.testing.iam.ContractTable;
import dev.linkedrole.testing.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;

/** A component of a role that differs at each comparison, whatever is written. */
class ContestedRepairsTest {

    private static final Duration PERIOD = Duration.ofMinutes(10);
    private static final int ENOUGH = RepairCounts.CONTESTED_AFTER;
    private static final RoleSettings MARKED =
            Defaults.SETTINGS.of(Optional.of("arn:aws:dynamodb:us-east-1:1:table/one"));

    private final ManualTime time = new ManualTime();
    private final Instance instance = Instance.random();
    private final ModelCloud cloud = new ModelCloud(false, time);
    private final InterruptedReplica calls = new InterruptedReplica();
    private final ModelCloud.MortalProcess process = cloud.process(calls, MARKED);

    @Test
    void a_tag_that_a_tool_takes_off_each_time_is_contested_and_still_put_back() {
        // Given
        process.take(instance.created(0));
        List<ResyncResult> results = new ArrayList<>();
        Instant first = time.instant().plus(PERIOD);

        // When
        try (LogLines log = LogLines.of(RoleLog.class)) {
            for (int round = 1; round <= ENOUGH + 3; round++) {
                untag();
                results.add(resync(process));
                assertThat(cloud.tags(instance.roleName())).containsKey(RoleTags.DEPLOYMENT_TAG);
            }

            // Then
            assertThat(log.lines().stream().filter(line -> line.startsWith("WARN")))
                    .hasSize(ENOUGH)
                    .filteredOn(line -> line.contains("Blocked"))
                    .singleElement()
                    .asString()
                    .contains("5 comparisons in a row", "tags");
        }
        assertThat(results.subList(0, ENOUGH - 1)).containsOnly(ResyncResult.REPAIRED);
        assertThat(results.subList(ENOUGH - 1, results.size())).containsOnly(ResyncResult.BLOCKED);
        assertThat(contested()).hasValueSatisfying(condition -> {
            assertThat(condition.detail()).contains("tags (since " + first + ")");
            assertThat(condition.since()).isEqualTo(first);
        });
        assertThat(repairsInHistory()).isEqualTo(ENOUGH);
    }

    @Test
    void it_is_over_once_a_comparison_finds_the_component_right() {
        // Given
        process.take(instance.created(0));
        contest();

        // When
        ResyncResult result = resync(process);

        // Then
        assertThat(result).isEqualTo(ResyncResult.UNCHANGED);
        assertThat(process.record(instance).conditions()).isEmpty();
        assertThat(process.record(instance).repairs()).isEqualTo(RepairCounts.NONE);

        // And from then on a comparison writes nothing
        calls.calls.clear();
        resync(process);
        assertThat(calls.calls).contains("GetRole").doesNotContain("MarkApplied", "SetCondition", "TagRole");
    }

    @Test
    void repairs_with_a_right_one_between_them_are_not_in_a_row() {
        // Given
        process.take(instance.created(0));

        // When
        for (int round = 0; round < 2 * ENOUGH; round++) {
            untag();
            resync(process);
            resync(process);
        }

        // Then
        assertThat(contested()).isEmpty();
    }

    @Test
    void what_iam_shows_late_is_not_counted_twice() {
        // Given
        process.take(instance.created(0));
        time.pass(PERIOD);

        // When
        for (int round = 0; round < 2 * ENOUGH; round++) {
            time.pass(Duration.ofSeconds(5));
            untag();
            await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        }

        // Then the first counts, and one more after a minute
        assertThat(process.record(instance).repairs().runs())
                .hasEntrySatisfying("tags", run -> assertThat(run.count()).isEqualTo(1));
        time.pass(Duration.ofMinutes(1));
        untag();
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        assertThat(process.record(instance).repairs().runs())
                .hasEntrySatisfying("tags", run -> assertThat(run.count()).isEqualTo(2));
    }

    @Test
    void what_somebody_adds_beside_it_goes_at_every_comparison() {
        // Given
        process.take(instance.created(0));
        contest();

        // When
        untag();
        cloud.administrator()
                .putRolePolicy(r -> r.roleName(instance.roleName().value())
                        .policyName("planted")
                        .policyDocument("""
                                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"""))
                .join();
        resync(process);

        // Then
        assertThat(cloud.inlinePolicies(instance.roleName()))
                .hasValueSatisfying(all -> assertThat(all).containsOnlyKeys(PolicySlot.INLINE_POLICY));
        assertThat(contested())
                .hasValueSatisfying(condition ->
                        assertThat(condition.detail()).contains("tags").doesNotContain("planted"));
    }

    @Test
    void a_policy_that_is_planted_each_time_is_contested_and_removed_each_time() {
        // Given
        process.take(instance.created(0));

        // When
        for (int round = 1; round <= ENOUGH + 3; round++) {
            cloud.administrator()
                    .putRolePolicy(r -> r.roleName(instance.roleName().value())
                            .policyName("planted")
                            .policyDocument("""
                                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"""))
                    .join();
            resync(process);

            // Then
            assertThat(cloud.inlinePolicies(instance.roleName()))
                    .hasValueSatisfying(all -> assertThat(all).containsOnlyKeys(PolicySlot.INLINE_POLICY));
        }
        assertThat(contested())
                .hasValueSatisfying(condition -> assertThat(condition.detail()).contains("inline:planted"));
    }

    @Test
    void an_event_is_carried_out_all_the_same_and_the_condition_stays() {
        // Given
        process.take(instance.created(0));
        contest();

        // When
        process.take(Bots.enabled(instance, 1, 0, 1));

        // Then
        assertThat(cloud.permissions(instance.roleName()))
                .hasValueSatisfying(
                        all -> assertThat(all).containsAll(ContractTable.BASE).containsAll(Bots.permissions(0, 1)));
        assertThat(process.record(instance).settled()).isTrue();
        assertThat(contested()).isPresent();
    }

    @Test
    void an_iam_that_never_shows_a_boundary_ends_as_contested() {
        // Given
        String boundary = cloud.administrator()
                .createPolicy(r -> r.policyName("boundary").policyDocument("""
                        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"""))
                .join()
                .policy()
                .arn();
        ModelCloud.MortalProcess blind = cloud.process(
                new NoBoundary(),
                new RoleSettings(MARKED.namePrefix(), MARKED.path(), Optional.of(boundary), MARKED.owner()));
        blind.take(instance.created(0));
        List<ResyncResult> results = new ArrayList<>();

        // When
        for (int round = 0; round < ENOUGH + 3; round++) {
            results.add(resync(blind));
        }

        // Then
        assertThat(results.subList(0, ENOUGH - 1)).containsOnly(ResyncResult.REPAIRED);
        assertThat(results.subList(ENOUGH - 1, results.size())).containsOnly(ResyncResult.BLOCKED);
        assertThat(contested())
                .hasValueSatisfying(condition -> assertThat(condition.detail()).contains("boundary (since"));
        assertThat(process.record(instance).repairs().runs()).containsOnlyKeys("boundary");
    }

    private void contest() {
        for (int round = 0; round < ENOUGH; round++) {
            untag();
            resync(process);
        }
        assertThat(contested()).isPresent();
    }

    private void untag() {
        cloud.administrator()
                .untagRole(r -> r.roleName(instance.roleName().value()).tagKeys(RoleTags.DEPLOYMENT_TAG))
                .join();
    }

    /** Runs the next round of the resync. */
    private ResyncResult resync(ModelCloud.MortalProcess by) {
        time.pass(PERIOD);
        Map<ResyncResult, Long> results =
                await(WholeResync.of(by.parts().resync(time, Duration.ofDays(1), 1), (role, failure) -> {}));
        assertThat(results).hasSize(1);
        return results.keySet().iterator().next();
    }

    private Optional<Condition> contested() {
        return process.record(instance).condition(Condition.Type.Contested);
    }

    private long repairsInHistory() {
        return await(process.ledger().history(instance.id())).stream()
                .filter(HistoryEntry.RevisionApplied.class::isInstance)
                .map(HistoryEntry.RevisionApplied.class::cast)
                .filter(applied -> !applied.drift().isEmpty())
                .count();
    }

    /** An IAM that does not show boundaries. */
    private record NoBoundary() implements ModelCloud.Between {

        @Override
        @SuppressWarnings("unchecked")
        public <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
            return IamModelClient.atOnce(operation, effect)
                    .thenApply(answer -> answer instanceof GetRoleResponse shown ? (T) without(shown) : answer);
        }

        private static GetRoleResponse without(GetRoleResponse shown) {
            return shown.toBuilder()
                    .role(shown.role().toBuilder()
                            .permissionsBoundary((AttachedPermissionsBoundary) null)
                            .build())
                    .build();
        }
    }
}
