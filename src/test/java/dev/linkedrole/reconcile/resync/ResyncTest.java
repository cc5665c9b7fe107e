package dev.linkedrole.reconcile.resync;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.dynamodb.DynamoDbLedger;
import dev.linkedrole.reconcile.CrashPlan;
import dev.linkedrole.reconcile.CrashingGateway;
import dev.linkedrole.reconcile.CrashingLedger;
import dev.linkedrole.reconcile.FailingGateway;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.plan.Difference;
import dev.linkedrole.role.plan.Difference.Kind;
import dev.linkedrole.testing.CountedReplica;
import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Replica;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.iam.IamReader;
import dev.linkedrole.testing.iam.IamReader.FoundRole;
import dev.linkedrole.testing.iam.ManualRoleEdit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The round over all roles, on a table of its own, since it covers all roles of a table. */
@Tag("aws")
class ResyncTest {

    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/one";

    private static final Deployment DEPLOYMENT = Deployment.provision();

    private final Ledger ledger =
            new DynamoDbLedger(AwsTestClients.DYNAMO_DB, DEPLOYMENT.table(), Optional.empty(), Retry.inRealTime());
    private final IamReader iam = new IamReader(AwsTestClients.PLAIN_IAM);
    private final Replica replica = new Replica(ledger, Replica.gateway());
    private final Instance instance = Instance.random();
    private final List<InstanceId> failed = new ArrayList<>();

    @Test
    void manual_changes_are_reverted_and_components_of_others_stay() {
        // Given
        replica.takeAll(instance.created(0), instance.enabled(1, "agent-events", STREAM));
        FoundRole before = found();
        ManualRoleEdit role = ManualRoleEdit.of(instance.roleName());
        role.putPolicy(PolicySlot.INLINE_POLICY, "sqs:*")
                .putPolicy("extra", "sns:*")
                .trust(ManualRoleEdit.TRUST_IN_EC2)
                .tag("team", "billing");
        String attached = role.attachPolicy("s3:*");

        // When
        assertThat(resync(later())).containsEntry(ResyncResult.REPAIRED, 1L);

        // Then
        FoundRole repaired = found();
        assertThat(repaired.inlinePolicies()).isEqualTo(before.inlinePolicies());
        assertThat(repaired.attachedPolicies()).isEmpty();
        assertThat(repaired.trustPolicy()).isEqualTo(before.trustPolicy());
        assertThat(repaired.tags()).containsAllEntriesOf(before.tags()).containsEntry("team", "billing");

        // And the history says so, and what was different
        assertThat(await(ledger.history(instance.id())))
                .last()
                .isInstanceOfSatisfying(
                        HistoryEntry.RevisionApplied.class,
                        entry -> assertThat(entry.steps()).hasSize(4));
        assertThat(lastDrift())
                .extracting(Difference::component, Difference::kind)
                .containsExactlyInAnyOrder(
                        tuple("attached:" + attached, Kind.EXTRA),
                        tuple("inline:extra", Kind.EXTRA),
                        tuple("inline:" + PolicySlot.INLINE_POLICY, Kind.OTHER),
                        tuple("trust", Kind.OTHER));
        assertThat(lastDrift())
                .filteredOn(difference -> difference.component().equals("inline:" + PolicySlot.INLINE_POLICY))
                .singleElement()
                .satisfies(
                        difference -> assertThat(difference.missing()).anyMatch(line -> line.endsWith(": " + STREAM)))
                .satisfies(difference -> assertThat(difference.extra())
                        .singleElement()
                        .asString()
                        .contains("sqs:*"));

        // And the next round finds nothing to do
        assertThat(resync(replica)).doesNotContainKey(ResyncResult.REPAIRED);
    }

    @Test
    void a_role_deleted_by_hand_is_made_again() {
        // Given
        replica.takeAll(instance.created(0), instance.enabled(1, "agent-events", STREAM));
        FoundRole before = found();
        ManualRoleEdit.of(instance.roleName()).remove();

        // When
        resync(later());

        // Then
        assertThat(found().inlinePolicies()).isEqualTo(before.inlinePolicies());
        assertThat(found().tags()).isEqualTo(before.tags());
        assertThat(lastDrift()).containsExactly(Difference.ofRole(Kind.MISSING));
    }

    @Test
    void an_event_that_was_recorded_and_never_carried_out_is() {
        // Given a replica that died after its record
        CrashPlan afterRecord = new CrashPlan(2, true);
        Replica mortal = new Replica(
                new CrashingLedger(ledger, afterRecord), new CrashingGateway(Replica.gateway(), afterRecord));
        await(mortal.take(instance.created(0))
                .replaceWithVoid()
                .onFailure(CrashPlan.DeathException.class)
                .recoverWithNull());
        assertThat(iam.exists(instance.roleName())).isFalse();

        // When
        resync(replica);

        // Then
        assertThat(iam.exists(instance.roleName())).isTrue();
        assertThat(await(ledger.pending())).isEmpty();
    }

    @Test
    void a_deleted_instances_returning_role_is_removed_in_the_quiet_period() {
        // Given a role that a slow replica has made again
        replica.takeAll(instance.created(0), instance.deleted(9));
        revive();

        // When
        resync(replica);

        // Then
        assertThat(iam.exists(instance.roleName())).isFalse();
    }

    @Test
    void after_the_quiet_period_a_deleted_instances_role_is_not_looked_for() {
        // Given
        replica.takeAll(instance.created(0), instance.deleted(9));
        InstantSource inTwoDays = () -> Instant.now().plus(Duration.ofDays(2));
        Replica later = new Replica(ledger, Replica.gateway(), inTwoDays);
        revive();

        // When
        resync(later);

        // Then
        assertThat(iam.exists(instance.roleName())).isTrue();
        resync(replica);
    }

    @Test
    void a_role_in_a_profile_or_with_manual_policies_is_deleted_all_the_same() {
        // Given
        replica.takeAll(instance.created(0));
        ManualRoleEdit.of(instance.roleName())
                .putPolicy("extra", "sns:*")
                .putInInstanceProfile()
                .attachPolicy("s3:*");

        // When
        replica.takeAll(instance.deleted(9));

        // Then
        assertThat(iam.exists(instance.roleName())).isFalse();
    }

    @Test
    void a_role_that_fails_does_not_keep_the_others_from_their_turn() {
        // Given
        Instance bad = Instance.random();
        List<Instance> good = Stream.generate(Instance::random).limit(5).toList();
        replica.takeAll(bad.created(0));
        good.forEach(each -> replica.takeAll(each.created(0)));
        good.forEach(each -> ManualRoleEdit.of(each.roleName()).remove());
        ManualRoleEdit.of(bad.roleName()).remove();
        Replica hindered = new Replica(ledger, new FailingGateway(Replica.gateway(), bad.roleName()));

        // When
        Map<ResyncResult, Long> turns = resync(hindered);

        // Then
        assertThat(turns).containsEntry(ResyncResult.FAILED, 1L).containsEntry(ResyncResult.REPAIRED, 5L);
        assertThat(failed).containsExactly(bad.id());
        assertThat(good).allMatch(each -> iam.exists(each.roleName()));
        resync(replica);
    }

    @Test
    void roles_that_are_as_they_should_be_cost_no_writes() {
        // Given
        replica.takeAll(instance.created(0), instance.enabled(1, "agent-events", STREAM));
        replica.takeAll(Instance.random().created(0));
        Instance gone = Instance.random();
        replica.takeAll(gone.created(0), gone.deleted(9));
        replica.takeAll(Instance.random().enabled(1, "agent-events", STREAM));
        try (CountedReplica counted = new CountedReplica(DEPLOYMENT)) {

            // When
            Map<ResyncResult, Long> turns = resync(counted.replica());

            // Then
            assertThat(turns).containsOnlyKeys(ResyncResult.UNCHANGED);
            assertThat(counted.iamCalls().takeWrites()).isEmpty();
            assertThat(counted.ledgerCalls().takeWrites()).isEmpty();
        }
    }

    private Map<ResyncResult, Long> resync(Replica by) {
        return await(WholeResync.of(by.resync(), (id, failure) -> {
            assertThat(failure).isInstanceOf(IamCallException.class);
            failed.add(id);
        }));
    }

    /** Creates the role as this service would. */
    private void revive() {
        RoleName name = instance.roleName();
        ManualRoleEdit.of(name)
                .make(Map.of(
                        "linked-role:managed-by",
                        "linked-role-controller",
                        "linked-role:instance",
                        instance.arn().toString()))
                .putPolicy(PolicySlot.INLINE_POLICY, "connect:*");
    }

    /** Returns a replica an hour from now, when IAM shows every write, and each difference is a change by others. */
    private Replica later() {
        return new Replica(ledger, Replica.gateway(), () -> Instant.now().plus(Duration.ofHours(1)));
    }

    private List<Difference> lastDrift() {
        return await(ledger.history(instance.id())).getLast() instanceof HistoryEntry.RevisionApplied applied
                ? applied.drift()
                : List.of();
    }

    private FoundRole found() {
        return iam.get(instance.roleName());
    }

    @BeforeAll
    static void nothing_is_there_yet() {
        Ledger fresh =
                new DynamoDbLedger(AwsTestClients.DYNAMO_DB, DEPLOYMENT.table(), Optional.empty(), Retry.inRealTime());
        assertThat(await(fresh.all())).isEmpty();
    }
}
