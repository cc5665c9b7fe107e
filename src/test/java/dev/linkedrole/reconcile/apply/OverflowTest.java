package dev.linkedrole.reconcile.apply;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.reconcile.event.HandlingResult;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.CountedReplica;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Replica;
import dev.linkedrole.testing.SharedTable;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.iam.Bots;
import dev.linkedrole.testing.iam.ContractTable;
import dev.linkedrole.testing.iam.EnforcedLimits;
import dev.linkedrole.testing.iam.IamReader;
import dev.linkedrole.testing.iam.IamReader.FoundRole;
import dev.linkedrole.testing.iam.Permission;
import dev.linkedrole.testing.iam.PermissionProbe;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Roles whose permissions outgrow their inline policy, in an IAM that enforces its limits. */
@Tag("aws")
class OverflowTest {

    private static final int FULL = Bots.FIT_INLINE;

    private final Ledger ledger = SharedTable.ledger();
    private final IamReader iam = new IamReader(AwsTestClients.PLAIN_IAM);
    private final Instance instance = Instance.random();
    private final PermissionProbe probe = new PermissionProbe(instance.roleName());
    private final CountedReplica counted = new CountedReplica(SharedTable.SHARED, new EnforcedLimits(), probe);
    private final Replica replica = counted.replica();

    @AfterEach
    void close() {
        counted.close();
    }

    @Test
    void four_hundred_bots_fit_within_the_limits_at_two_writes_each() {
        // When four hundred bots are added, four by four
        try (CountedReplica unwatched = new CountedReplica(SharedTable.SHARED, new EnforcedLimits())) {
            unwatched.replica().takeAll(instance.created(0));
            unwatched.forget();
            for (int bot = 0; bot < 400; bot += 4) {
                unwatched.replica().takeAll(Bots.enabled(instance, bot, bot, bot + 4));

                // Then no event costs more than two calls to IAM, and none of them asks
                assertThat(unwatched.iamCalls().take())
                        .hasSizeBetween(1, 2)
                        .noneMatch(call -> call.startsWith("Get") || call.startsWith("List"));
            }
        }

        // And every grant is effective, and no other
        assertThat(iam.permissions(instance.roleName())).isEqualTo(withBots(0, 400));

        // And all is within the limits
        FoundRole role = iam.get(instance.roleName());
        assertThat(role.inlinePolicies().values())
                .singleElement()
                .satisfies(
                        policy -> assertThat(EnforcedLimits.characters(policy)).isBetween(10_000, 10_240));
        assertThat(role.attachedPolicies()).hasSize(3).allSatisfy(arn -> {
            assertThat(EnforcedLimits.characters(iam.document(arn))).isLessThanOrEqualTo(6_144);
            assertThat(AwsTestClients.PLAIN_IAM
                            .listPolicyVersions(r -> r.policyArn(arn))
                            .versions())
                    .hasSizeLessThanOrEqualTo(4);
        });
        assertThat(record().settled()).isTrue();
        assertThat(record().conditions()).isEmpty();

        // And one more costs another replica no more, and takes nothing away for a moment; and a comparison finds
        // nothing to do
        replica.takeAll(Bots.enabled(instance, 400, 400, 401));
        assertThat(counted.iamCalls().take()).hasSize(2);
        probe.requireNeverMissing(withBots(0, 400));
        assertThat(reconcile()).isEmpty();
    }

    @Test
    void a_grant_too_large_for_inline_makes_a_policy_the_next_put_versions() {
        // Given a role whose inline policy is full
        replica.takeAll(instance.created(0), Bots.enabled(instance, 1, 0, FULL));
        assertThat(iam.get(instance.roleName()).attachedPolicies()).isEmpty();
        FoundRole before = iam.get(instance.roleName());
        counted.forget();

        // Then what is one too many is in a policy of its own, which the ledger knew before it was made
        replica.takeAll(Bots.enabled(instance, 2, FULL, FULL + 1));
        assertThat(counted.iamCalls().take()).containsExactly("CreatePolicy", "AttachRolePolicy");
        assertThat(counted.ledgerCalls().take())
                .containsExactly("TransactGetItems", "TransactWriteItems", "UpdateItem", "TransactWriteItems");
        assertThat(iam.get(instance.roleName()).inlinePolicies()).isEqualTo(before.inlinePolicies());

        // And as long as there are few versions
        for (int more = 1; more < 4; more++) {
            replica.takeAll(Bots.enabled(instance, 2 + more, FULL + more, FULL + more + 1));
            assertThat(counted.iamCalls().take()).containsExactly("CreatePolicyVersion");
        }

        // And from then on
        for (int more = 4; more < 8; more++) {
            replica.takeAll(Bots.enabled(instance, 2 + more, FULL + more, FULL + more + 1));
            assertThat(counted.iamCalls().take()).containsExactly("CreatePolicyVersion", "DeletePolicyVersion");
        }
        assertThat(counted.ledgerCalls().take()).doesNotContain("UpdateItem");
        assertThat(iam.permissions(instance.roleName())).isEqualTo(withBots(0, FULL + 8));
        assertThat(iam.policiesOf(instance.roleName()))
                .isEqualTo(iam.get(instance.roleName()).attachedPolicies())
                .allMatch(
                        arn -> arn.endsWith(":policy/linked-role/connect.amazonaws.com/" + instance.roleName() + "-1"));
    }

    @Test
    void a_role_whose_features_come_first_is_made_with_all_its_policies() {
        // When
        replica.takeAll(Bots.enabled(instance, 1, 0, FULL + 1), instance.created(0));

        // Then
        assertThat(counted.iamCalls().take())
                .containsExactly("CreateRole", "PutRolePolicy", "CreatePolicy", "AttachRolePolicy");
        assertThat(iam.permissions(instance.roleName())).isEqualTo(withBots(0, FULL + 1));
    }

    @Test
    void comparing_it_reads_each_policy_once_and_writes_nothing() {
        // Given
        replica.takeAll(instance.created(0), Bots.enabled(instance, 1, 0, FULL + 1));
        counted.forget();

        // When
        assertThat(reconcile()).isEmpty();

        // Then
        assertThat(counted.iamCalls().take())
                .containsExactlyInAnyOrder(
                        "GetRole",
                        "ListRolePolicies",
                        "GetRolePolicy",
                        "ListAttachedRolePolicies",
                        "GetPolicy",
                        "GetPolicyVersion");
        assertThat(counted.ledgerCalls().take()).containsExactly("GetItem");
    }

    @Test
    void what_fits_inline_again_is_there_before_its_policy_goes() {
        // Given
        replica.takeAll(instance.created(0), Bots.enabled(instance, 1, 0, FULL), Bots.enabled(instance, 2, FULL, 200));
        counted.forget();
        probe.forget();

        // When
        replica.takeAll(Bots.disabled(instance, 3, 0, 60));

        // Then
        assertThat(counted.iamCalls().take())
                .containsExactly("PutRolePolicy", "DetachRolePolicy", "ListPolicyVersions", "DeletePolicy");
        probe.requireNeverMissing(withBots(60, 200));
        assertThat(iam.get(instance.roleName()).permissions()).isEqualTo(withBots(60, 200));
        assertThat(iam.policiesOf(instance.roleName())).isEmpty();
        assertThat(reconcile()).isEmpty();
    }

    @Test
    void it_is_deleted_with_all_its_policies_and_their_versions() {
        // Given
        replica.takeAll(
                instance.created(0),
                Bots.enabled(instance, 1, 0, FULL),
                Bots.enabled(instance, 2, FULL, FULL + 1),
                Bots.enabled(instance, 3, FULL + 1, FULL + 2));
        counted.forget();

        // When
        replica.takeAll(instance.deleted(9));

        // Then
        assertThat(counted.iamCalls().take())
                .containsExactly(
                        "GetRole",
                        "GetPolicy",
                        "GetPolicyVersion",
                        "DeleteRolePolicy",
                        "DetachRolePolicy",
                        "DeleteRole",
                        "ListPolicyVersions",
                        "DeletePolicyVersion",
                        "DeletePolicy");
        assertThat(iam.exists(instance.roleName())).isFalse();
        assertThat(iam.policiesOf(instance.roleName())).isEmpty();
        assertThat(record().settled()).isTrue();

        // And when it is looked for again
        assertThat(reconcile()).isEmpty();
    }

    @Test
    void an_oversized_grant_is_rejected_with_its_excess_and_changes_nothing() {
        // Given a role that may have one managed policy, with hardly any room
        Replica small = Replica.allowing(1);
        small.takeAll(instance.created(0), Bots.enabled(instance, 1, 0, FULL + 88));
        SortedSet<Permission> before = iam.permissions(instance.roleName());

        // When there is too much
        RoleEvent tooMuch = Bots.enabled(instance, 2, 300, 400);
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> small.takeAll(tooMuch))
                .satisfies(rejected -> {
                    assertThat(rejected.rejection().reason()).isEqualTo(Rejection.Reason.POLICY_TOO_LARGE);
                    assertThat(rejected.rejection().detail()).containsPattern("\\b6[0-9]{3} characters over");
                });

        // Then
        assertThat(iam.permissions(instance.roleName())).isEqualTo(before);
        assertThat(record().settled()).isTrue();
        assertThat(record().conditions()).singleElement().satisfies(condition -> {
            assertThat(condition.type()).isEqualTo(Condition.Type.PolicyTooLarge);
            assertThat(condition.detail()).containsPattern("\\b6[0-9]{3} characters over");
        });

        // And where there may be more of them it is granted
        replica.takeAll(tooMuch);
        assertThat(iam.permissions(instance.roleName())).containsAll(before).containsAll(Bots.permissions(300, 400));
    }

    @Test
    void a_role_keeps_the_policies_it_has_when_fewer_are_allowed() {
        // Given two managed policies, neither of which is full
        replica.takeAll(
                instance.created(0),
                Bots.enabled(instance, 1, 0, FULL),
                Bots.enabled(instance, 2, 200, 280),
                Bots.enabled(instance, 3, 300, 340),
                Bots.disabled(instance, 4, 200, 240));
        assertThat(iam.get(instance.roleName()).attachedPolicies()).hasSize(2);

        // When
        await(Replica.allowing(1).reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        SortedSet<Permission> all = withBots(0, FULL);
        all.addAll(Bots.permissions(240, 280));
        all.addAll(Bots.permissions(300, 340));
        assertThat(iam.permissions(instance.roleName())).isEqualTo(all);
        assertThat(iam.policiesOf(instance.roleName())).hasSize(2);
    }

    @Test
    void many_grants_at_once_through_two_replicas_are_all_granted() {
        // Given
        List<RoleEvent> events = new ArrayList<>();
        IntStream.range(0, 50).forEach(i -> events.add(Bots.enabled(instance, i, 5 * i, 5 * i + 5)));
        events.add(25, instance.created(0));
        List<Replica> replicas = List.of(replica, new Replica());

        // When
        await(Multi.createFrom()
                .items(IntStream.range(0, events.size()).boxed())
                .onItem()
                .transformToUni(i -> takeUntilDone(replicas.get(i % 2), events.get(i)))
                .merge(12)
                .collect()
                .asList());

        // Then
        assertThat(iam.permissions(instance.roleName())).isEqualTo(withBots(0, 250));
        assertThat(iam.policiesOf(instance.roleName()))
                .isEqualTo(iam.get(instance.roleName()).attachedPolicies());
        assertThat(record().settled()).isTrue();
        assertThat(reconcile()).isEmpty();
    }

    /** Handles an event until it succeeds, as a queue redelivers it. */
    private static Uni<HandlingResult> takeUntilDone(Replica replica, RoleEvent event) {
        return replica.take(event)
                .onFailure()
                .recoverWithUni(
                        () -> replica.takeAgain(event).onFailure().retry().atMost(8));
    }

    private List<String> reconcile() {
        return ((Reconciliation.InForce) await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM)))
                .steps();
    }

    private RoleRecord record() {
        return await(ledger.load(instance.id())).orElseThrow();
    }

    private static SortedSet<Permission> withBots(int from, int to) {
        SortedSet<Permission> permissions = new TreeSet<>(ContractTable.BASE);
        Set<Permission> bots = Bots.permissions(from, to);
        permissions.addAll(bots);
        return permissions;
    }
}
