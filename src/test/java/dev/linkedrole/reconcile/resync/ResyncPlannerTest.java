package dev.linkedrole.reconcile.resync;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.AppliedChange;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.outcome.PendingAcknowledgements;
import dev.linkedrole.role.plan.Difference;
import dev.linkedrole.role.plan.RepairCounts;
import dev.linkedrole.role.state.PolicyCompiler;
import dev.linkedrole.role.state.RoleSettings;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Bots;
import dev.linkedrole.testing.time.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The checks that a record calls for. */
class ResyncPlannerTest {

    private static final Duration QUIET = Duration.ofDays(1);
    private static final RoleSettings SETTINGS = Defaults.SETTINGS;

    private final ManualTime time = new ManualTime();
    private final ModelCloud cloud = new ModelCloud(false, time);
    private final Instance instance = Instance.random();
    private final ResyncPlanner dues = new ResyncPlanner(() -> Defaults.COMPILER, QUIET);

    @Test
    void of_a_role_that_is_not_to_be_there_yet_there_is_nothing_to_compare() {
        assertThat(due(after(instance.enabled(1, "agent-events", stream())))).isEqualTo(new ResyncCheck.Nothing());
    }

    @Test
    void a_role_that_is_known_to_be_right_is_glanced_at() {
        // When it has an inline policy only
        RoleRecord small = after(instance.created(0));

        // Then
        assertThat(due(small)).isInstanceOfSatisfying(ResyncCheck.Glance.class, glance -> {
            assertThat(glance.instance()).isEqualTo(instance.arn());
            assertThat(glance.name()).isEqualTo(instance.roleName());
            assertThat(glance.calls()).isEqualTo(3 + 1);
            assertThat(glance.expectation().ofRole()).isTrue();
        });

        // And when it has managed ones
        RoleRecord large = after(instance.created(0), Bots.enabled(instance, 1, 0, Bots.FIT_INLINE + 10));
        assertThat(large.slots()).isOne();
        assertThat(due(large)).isInstanceOfSatisfying(ResyncCheck.Glance.class, glance -> {
            assertThat(glance.calls()).isEqualTo(3 + 1 + 2);
            assertThat(glance.expectation().policies()).hasSize(1);
        });
    }

    @Test
    void what_is_not_known_to_be_in_iam_is_looked_at() {
        // Given
        RoleRecord right = after(instance.created(0));
        LinkedRole more = instance.after(List.of(instance.created(0), instance.enabled(1, "agent-events", stream())));

        // Then
        assertThat(due(right.next(more, time.instant()))).isEqualTo(look());
        assertThat(due(right.with(somebody()))).isEqualTo(look());
        assertThat(due(copy(right, List.of(), Optional.empty()))).isEqualTo(look());
    }

    @Test
    void a_role_that_was_made_by_other_settings_is_looked_at() {
        // Given
        RoleRecord right = after(instance.created(0), instance.enabled(1, "agent-events", stream()));

        // Then
        assertThat(due(right)).isInstanceOf(ResyncCheck.Glance.class);
        RoleSettings bounded = new RoleSettings(
                SETTINGS.namePrefix(),
                SETTINGS.path(),
                Optional.of("arn:aws:iam::{account}:policy/bound"),
                SETTINGS.owner());
        PolicyCompiler compiler = new PolicyCompiler(Defaults.CATALOG, bounded);
        assertThat(new ResyncPlanner(() -> compiler, QUIET).of(right, time.instant()))
                .isEqualTo(look());
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"PolicyTooLarge", "GrantNotInCatalog"})
    void a_role_that_something_hinders_is_looked_at(Condition.Type hindrance) {
        RoleRecord right = after(instance.created(0));
        assertThat(due(copy(right, List.of(condition(hindrance)), right.roleArn())))
                .isEqualTo(look());
    }

    @Test
    void a_condition_that_is_no_hindrance_is_none_as_long_as_it_is_still_so() {
        RoleRecord right = after(instance.created(0));
        assertThat(due(copy(right, List.of(condition(Condition.Type.PolicyTooLarge)), right.roleArn())))
                .isInstanceOf(ResyncCheck.Glance.class);
        // The catalog has all of its grants again.
        assertThat(due(copy(right, List.of(condition(Condition.Type.GrantNotInCatalog)), right.roleArn())))
                .isEqualTo(look());
    }

    @Test
    void a_deleted_instances_role_is_looked_for_during_the_quiet_period() {
        // Given
        RoleRecord gone = after(instance.created(0), instance.deleted(9));

        // Then
        assertThat(due(gone)).isInstanceOfSatisfying(ResyncCheck.Glance.class, glance -> {
            assertThat(glance.instance()).isEqualTo(instance.arn());
            assertThat(glance.name()).isEqualTo(instance.roleName());
            assertThat(glance.calls()).isOne();
            assertThat(glance.expectation().ofRole()).isFalse();
        });
        time.pass(QUIET);
        assertThat(due(gone)).isInstanceOf(ResyncCheck.Glance.class);
        time.pass(Duration.ofNanos(1));
        assertThat(due(gone)).isEqualTo(new ResyncCheck.Nothing());

        // And not while there is something to be done, or to be said
        Condition running = condition(Condition.Type.DeletionRunning);
        assertThat(due(copy(gone, List.of(running), gone.roleArn()))).isEqualTo(look());
        assertThat(due(gone.with(somebody()))).isEqualTo(look());
        assertThat(due(gone.next(gone.role(), gone.changedAt()))).isEqualTo(look());
    }

    @Test
    void what_was_put_right_is_looked_at_by_itself_until_it_is_found_right() {
        // Given
        RoleRecord right = after(instance.created(0));
        RepairCounts repairs = RepairCounts.NONE.after(
                List.of(new Difference("tags", Difference.Kind.OTHER, List.of(), List.of())),
                time.instant(),
                Duration.ofMinutes(1));

        // When
        ModelCloud.MortalProcess process = cloud.process();
        await(process.ledger()
                .markApplied(
                        right,
                        new AppliedChange(
                                instance.roleName(),
                                right.roleArn(),
                                right.applied(),
                                right.placement(),
                                List.of(),
                                List.of(),
                                true,
                                time.instant(),
                                Optional.empty(),
                                List.of(),
                                false,
                                repairs)));

        // Then
        assertThat(due(process.record(instance))).isEqualTo(look());
    }

    @Test
    void of_a_deleted_role_that_had_managed_policies_those_are_looked_for_too() {
        // Given
        RoleRecord gone =
                after(instance.created(0), Bots.enabled(instance, 1, 0, Bots.FIT_INLINE + 10), instance.deleted(9));

        // Then
        assertThat(due(gone)).isInstanceOfSatisfying(ResyncCheck.Glance.class, glance -> {
            assertThat(glance.calls()).isEqualTo(1 + 2);
            assertThat(glance.expectation().policies())
                    .hasSize(1)
                    .containsOnlyKeys(
                            "arn:aws:iam::111122223333:policy" + SETTINGS.path() + instance.roleName() + "-1");
        });
    }

    private ResyncCheck due(RoleRecord record) {
        return dues.of(record, time.instant());
    }

    private ResyncCheck look() {
        return new ResyncCheck.Look(instance.arn());
    }

    private static String stream() {
        return "arn:aws:kinesis:us-west-2:111122223333:stream/acme";
    }

    private static PendingAcknowledgements somebody() {
        return new PendingAcknowledgements(1, List.of(), 1);
    }

    private Condition condition(Condition.Type type) {
        return new Condition(type, "as it happens", time.instant());
    }

    /** Returns the record after these events were handled. */
    private RoleRecord after(RoleEvent... events) {
        ModelCloud.MortalProcess process = cloud.process();
        process.take(events);
        return process.record(instance);
    }

    private static RoleRecord copy(RoleRecord record, List<Condition> conditions, Optional<String> arn) {
        return new RoleRecord(
                record.role(),
                record.revision(),
                record.appliedRevision(),
                record.applied(),
                record.placement(),
                record.slots(),
                record.roleName(),
                arn,
                conditions,
                record.changedAt(),
                record.pendingAcknowledgements(),
                record.identity(),
                record.repairs());
    }
}
