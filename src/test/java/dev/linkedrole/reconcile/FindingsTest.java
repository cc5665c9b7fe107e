package dev.linkedrole.reconcile;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.iam.AccountAccess;
import dev.linkedrole.iam.Accounts;
import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.ledger.ModelLedger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.apply.ReconcileMode;
import dev.linkedrole.reconcile.event.EventHandler;
import dev.linkedrole.reconcile.event.HandlingResult;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.Decision;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.plan.Difference;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.LogLines;
import dev.linkedrole.testing.ServiceParts;
import dev.linkedrole.testing.iam.Bots;
import dev.linkedrole.testing.time.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.Tag;

/** Findings recorded with a role beside its revisions: changes by others, and conditions. */
class FindingsTest {

    private static final Duration SHOWN_AFTER = Duration.ofMinutes(1);
    private static final Duration MOMENT = Duration.ofNanos(1);
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
    private static final String ANYTHING = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:*","Resource":"*"}]}""";

    private final Instance instance = Instance.random();
    private final String name = instance.roleName().value();
    private final ManualTime time = new ManualTime();
    private final ModelCloud cloud = new ModelCloud(false, time);
    private final ModelCloud.MortalProcess process = cloud.process();

    @Test
    void a_change_by_hand_of_a_role_that_had_been_right_for_a_minute_is_drift() {
        // Given
        process.take(instance.created(0));

        // Then it is not at once, since IAM may show late what was written
        time.pass(SHOWN_AFTER);
        edit();
        assertThat(reconcile()).isInstanceOf(Reconciliation.InForce.class);
        assertThat(lastApplied().drift()).isEmpty();
        assertThat(lastApplied().steps()).isNotEmpty();

        // And it is later
        time.pass(MOMENT);
        edit();
        reconcile();
        assertThat(lastApplied().drift())
                .singleElement()
                .extracting(Difference::component, Difference::kind)
                .containsExactly("inline:by-hand", Difference.Kind.EXTRA);
    }

    @Test
    void drift_is_a_warning_that_names_the_role_and_its_components() {
        // Given a role that was right for a while
        process.take(instance.created(0));
        time.pass(SHOWN_AFTER.plus(MOMENT));
        edit();

        // When
        try (LogLines log = LogLines.of(RoleLog.class)) {
            reconcile();

            // Then
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN instance=" + instance.id() + " role=" + name
                            + " components=[inline:by-hand] Drift: somebody else had changed the role");
        }
    }

    @Test
    void what_holds_a_role_is_told_once_and_so_is_its_end() {
        // Given a role that is held, and is found so twice, and then is in force
        process.take(instance.created(0));
        RoleRecord fine = newest();
        Condition condition = new Condition(Condition.Type.RefusedByIam, "AccessDenied", time.instant());
        Reconciliation held = new Reconciliation.Blocked(instance.roleName(), fine.revision(), condition);
        await(process.ledger().setCondition(fine, condition));
        RoleRecord known = newest();

        // When
        try (LogLines log = LogLines.of(RoleLog.class)) {
            RoleLog.compared(fine, held);
            RoleLog.compared(known, held);
            RoleLog.compared(known, new Reconciliation.InForce(instance.roleName(), fine.revision(), List.of()));
            RoleLog.compared(fine, new Reconciliation.InForce(instance.roleName(), fine.revision(), List.of()));

            // Then
            String keys = "instance=" + instance.id() + " role=" + name + " condition=RefusedByIam ";
            assertThat(log.lines())
                    .containsExactly(
                            "WARN " + keys + "Blocked: AccessDenied",
                            "INFO " + keys + "In force again: nothing holds the role any more");
        }
    }

    @Test
    void a_change_of_what_a_clock_far_ahead_has_recorded_is_drift() {
        // Given
        Instant later = time.instant().plus(Duration.ofHours(5));
        RoleEvent created = instance.created(0);
        RoleRecord blank = RoleRecord.blank(instance.arn());
        await(process.ledger().record(blank, created, Decision.of(blank.role(), created), later));
        reconcile();
        edit();

        // When
        reconcile();

        // Then
        assertThat(history().stream()
                        .filter(HistoryEntry.RevisionApplied.class::isInstance)
                        .flatMap(entry -> ((HistoryEntry.RevisionApplied) entry).drift().stream()))
                .extracting(Difference::component)
                .containsExactly("inline:by-hand");
    }

    @Test
    void what_the_policy_builder_would_drop_is_put_right_and_told() {
        // Given a role whose policy was replaced by hand by one with a condition that nothing meets, and a trust policy
        // without a version
        process.take(instance.created(0));
        String policy = cloud.inlinePolicies(instance.roleName())
                .map(policies -> policies.get(PolicySlot.INLINE_POLICY))
                .orElseThrow();
        String trust = Defaults.COMPILER
                .compileAnnounced(instance.after(List.of(instance.created(0))))
                .trustPolicy();
        time.pass(SHOWN_AFTER.plus(MOMENT));
        cloud.administrator()
                .putRolePolicy(
                        r -> r.roleName(name)
                                .policyName(PolicySlot.INLINE_POLICY)
                                .policyDocument(
                                        policy.replace(
                                                "\"Action\":\"connect:*\"",
                                                "\"Action\":\"connect:*\",\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":[]}}")))
                .join();
        cloud.administrator()
                .updateAssumeRolePolicy(
                        r -> r.roleName(name).policyDocument(trust.replace("\"Version\":\"2012-10-17\",", "")))
                .join();

        // When
        reconcile();

        // Then
        assertThat(cloud.inlinePolicies(instance.roleName()).orElseThrow())
                .containsEntry(PolicySlot.INLINE_POLICY, policy);
        assertThat(lastApplied().drift())
                .extracting(Difference::component)
                .containsExactly("inline:" + PolicySlot.INLINE_POLICY, "trust");
        assertThat(lastApplied().drift().getLast().extra()).containsExactly("policy with {}");
        assertThat(lastApplied().drift().getFirst().extra())
                .singleElement()
                .asString()
                .contains("\"Sid\":\"Connect\"", "\"aws:SourceAccount\":[]");
    }

    @Test
    void that_a_role_was_not_there_any_more_is_drift() {
        // Given
        process.take(instance.created(0));
        time.pass(SHOWN_AFTER.plus(MOMENT));
        cloud.removeByHand(instance.roleName());

        // When
        reconcile();

        // Then
        assertThat(lastApplied().drift()).containsExactly(Difference.ofRole(Difference.Kind.MISSING));
        assertThat(cloud.permissions(instance.roleName())).isPresent();
    }

    @Test
    void what_was_not_carried_out_yet_is_no_drift() {
        // Given
        process.take(instance.created(0));
        process.record(instance.enabled(1, "agent-events", "arn:aws:kinesis:us-west-2:111122223333:stream/one"));
        time.pass(SHOWN_AFTER.plus(MOMENT));

        // When
        reconcile();

        // Then
        assertThat(process.record(instance).settled()).isTrue();
        assertThat(lastApplied().drift()).isEmpty();
    }

    @Test
    void a_role_that_is_as_it_should_be_leaves_no_trace() {
        // Given
        process.take(instance.created(0));
        time.pass(SHOWN_AFTER.plus(MOMENT));
        List<HistoryEntry> before = history();

        // When
        Reconciliation reconciliation = reconcile();

        // Then
        assertThat(reconciliation)
                .isEqualTo(new Reconciliation.InForce(
                        instance.roleName(), process.record(instance).revision(), List.of()));
        assertThat(history()).isEqualTo(before);
    }

    @Test
    void a_role_of_ours_that_is_there_again_after_its_deletion_is_drift() {
        // Given
        process.take(instance.created(0), instance.deleted(9));
        time.pass(SHOWN_AFTER.plus(MOMENT));
        make(RoleTags.OWNER_TAG, "linked-role-controller");

        // When
        reconcile();

        // Then
        assertThat(lastApplied().drift()).containsExactly(Difference.ofRole(Difference.Kind.EXTRA));
        assertThat(cloud.permissions(instance.roleName())).isEmpty();
    }

    @Test
    void a_deleted_instances_name_in_foreign_use_is_known_while_it_lasts() {
        // Given
        process.take(instance.created(0), instance.deleted(9));
        make("team", "theirs");

        // When
        reconcile();

        // Then
        assertThat(process.record(instance).conditions()).singleElement().satisfies(condition -> {
            assertThat(condition.type()).isEqualTo(Condition.Type.RoleNameTaken);
            assertThat(condition.detail()).contains("the instance is deleted", name);
            assertThat(condition.since()).isEqualTo(time.instant());
        });

        // And when the foreign role is gone
        cloud.administrator().deleteRole(r -> r.roleName(name)).join();
        reconcile();
        assertThat(process.record(instance).conditions()).isEmpty();
    }

    @Test
    void a_role_that_cannot_be_ours_is_held_under_its_name() {
        // Given
        make("team", "theirs");

        // When
        HandlingResult handled = await(process.handler().handle(instance.created(0), false));

        // Then
        assertThat(handled.reconciliation()).isInstanceOfSatisfying(Reconciliation.Blocked.class, held -> {
            assertThat(held.role()).isEqualTo(instance.roleName());
            assertThat(held.revision()).isOne();
            assertThat(held.condition().type()).isEqualTo(Condition.Type.RoleNameTaken);
        });
    }

    @Test
    void that_an_event_did_not_fit_is_known_until_another_one_was_carried_out() {
        // Given
        process.take(instance.created(0));
        Uni<HandlingResult> large = process.handler().handle(Bots.enabled(instance, 1, 0, 1_200), false);
        assertThatThrownBy(() -> await(large)).isInstanceOf(RejectedException.class);
        assertThat(conditions()).containsExactly(Condition.Type.PolicyTooLarge);

        // When it is compared with IAM, and put right
        reconcile();
        edit();
        reconcile();

        // Then
        assertThat(conditions()).containsExactly(Condition.Type.PolicyTooLarge);
        process.take(Bots.enabled(instance, 2, 0, 1));
        assertThat(conditions()).isEmpty();
    }

    @Test
    void a_grant_that_is_not_in_the_catalog_is_known_and_not_granted() {
        // When
        process.take(instance.created(0), instance.enabled(1, "no-such-feature", "arn:aws:s3:::acme"));

        // Then
        assertThat(process.record(instance).settled()).isTrue();
        assertThat(process.record(instance).conditions()).singleElement().satisfies(condition -> {
            assertThat(condition.type()).isEqualTo(Condition.Type.GrantNotInCatalog);
            assertThat(condition.detail()).endsWith("no-such-feature arn:aws:s3:::acme");
        });

        // And that is nothing new when it is compared with IAM
        List<HistoryEntry> before = history();
        reconcile();
        assertThat(history()).isEqualTo(before);
    }

    @Test
    void where_there_is_nothing_to_carry_out_yet_nothing_was_carried_out() {
        // When
        process.take(instance.enabled(1, "agent-events", "arn:aws:kinesis:us-west-2:111122223333:stream/one"));

        // Then
        assertThat(process.record(instance).settled()).isTrue();
        assertThat(history()).singleElement().isInstanceOf(HistoryEntry.EventRecorded.class);
    }

    @Test
    void an_instance_for_which_nothing_can_ever_be_done_is_rejected() {
        // Given
        Retry retry = Retry.inRealTime();
        ModelLedger ledger = ModelLedger.prompt();
        EventHandler handler =
                new ServiceParts(ledger, new Elsewhere(), Defaults.COMPILER, Duration.ZERO, time, retry).handler();

        // When
        Uni<HandlingResult> handled = handler.handle(instance.created(0), false);

        // Then
        assertThatThrownBy(() -> await(handled))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("instanceArn " + instance.arn() + " is elsewhere");
        assertThat(await(ledger.load(instance.id()))).isEmpty();
    }

    /** Accounts that cannot be accessed. */
    private record Elsewhere() implements Accounts {

        @Override
        public <T> Uni<T> in(InstanceArn instance, Function<AccountAccess, Uni<T>> work) {
            throw new AssertionError("nothing is to be done for " + instance);
        }

        @Override
        public Optional<String> objection(InstanceArn instance) {
            return Optional.of("is elsewhere");
        }

        @Override
        public boolean stalled(InstanceArn instance) {
            return false;
        }
    }

    private Reconciliation reconcile() {
        return await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
    }

    private void edit() {
        cloud.administrator()
                .putRolePolicy(r -> r.roleName(name).policyName("by-hand").policyDocument(ANYTHING))
                .join();
    }

    private void make(String tag, String value) {
        cloud.administrator()
                .createRole(r -> r.roleName(name)
                        .assumeRolePolicyDocument(TRUST)
                        .tags(
                                Tag.builder().key(tag).value(value).build(),
                                Tag.builder()
                                        .key(RoleTags.INSTANCE_TAG)
                                        .value(instance.arn().toString())
                                        .build()))
                .join();
    }

    private List<Condition.Type> conditions() {
        return process.record(instance).conditions().stream()
                .map(Condition::type)
                .toList();
    }

    private RoleRecord newest() {
        return await(process.ledger().load(instance.id())).orElseThrow();
    }

    private List<HistoryEntry> history() {
        return await(process.ledger().history(instance.id()));
    }

    private HistoryEntry.RevisionApplied lastApplied() {
        return (HistoryEntry.RevisionApplied) history().getLast();
    }
}
