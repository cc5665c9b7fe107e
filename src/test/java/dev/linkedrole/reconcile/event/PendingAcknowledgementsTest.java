package dev.linkedrole.reconcile.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.OutcomeBuilder;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.outcome.PendingAcknowledgements;
import dev.linkedrole.role.packing.Placement;
import dev.linkedrole.role.plan.RepairCounts;
import dev.linkedrole.testing.Instance;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Events that are acknowledged at once, since their effect is in force already. */
class PendingAcknowledgementsTest {

    private static final PendingAcknowledgements SOMEBODY = new PendingAcknowledgements(1, List.of(), 1);

    private final Instance instance = Instance.random();
    private final RoleEvent created = instance.created(0);
    private final RoleEvent deleted = instance.deleted(9);

    @Test
    void who_waits_for_a_role_that_is_there_or_is_gone_is_told() {
        assertThat(OutcomeBuilder.due(settled(SOMEBODY, List.of(), created))).isTrue();
        assertThat(OutcomeBuilder.due(settled(SOMEBODY, List.of(), created, deleted)))
                .isTrue();
    }

    @Test
    void nobody_is_told_where_nobody_waits_or_before_the_instance_is_announced() {
        assertThat(OutcomeBuilder.due(settled(PendingAcknowledgements.NOBODY, List.of(), created)))
                .isFalse();
        assertThat(OutcomeBuilder.due(settled(SOMEBODY, List.of(), instance.enabled(1, "outbound-campaigns"))))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"PolicyTooLarge", "GrantNotInCatalog", "ChangeHeld", "OutcomeNotPublished", "Paused"})
    void what_is_to_be_known_of_a_role_does_not_keep_it_from_being_in_force(Condition.Type type) {
        assertThat(OutcomeBuilder.due(settled(SOMEBODY, conditions(type), created)))
                .isTrue();
        assertThat(OutcomeBuilder.due(settled(SOMEBODY, conditions(type), created, deleted)))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"PolicyTooLarge", "GrantNotInCatalog", "ChangeHeld", "OutcomeNotPublished", "Paused"})
    void a_role_that_something_hinders_is_not_in_force(Condition.Type type) {
        assertThat(OutcomeBuilder.due(settled(SOMEBODY, conditions(type), created)))
                .isFalse();
        assertThat(OutcomeBuilder.due(settled(SOMEBODY, conditions(type), created, deleted)))
                .as("of a deleted instance, whose name may well be somebody else's")
                .isEqualTo(type == Condition.Type.RoleNameTaken);
        assertThat(OutcomeBuilder.due(record(1, SOMEBODY, conditions(type), created, deleted)))
                .as("of one whose deletion is not carried out yet")
                .isFalse();
    }

    private List<Condition> conditions(Condition.Type type) {
        return List.of(new Condition(type, "as it happens", Instance.START));
    }

    private RoleRecord settled(
            PendingAcknowledgements pendingAcknowledgements, List<Condition> conditions, RoleEvent... events) {
        return record(2, pendingAcknowledgements, conditions, events);
    }

    private RoleRecord record(
            long applied,
            PendingAcknowledgements pendingAcknowledgements,
            List<Condition> conditions,
            RoleEvent... events) {
        return new RoleRecord(
                instance.after(Stream.of(events).toList()),
                2,
                applied,
                Optional.empty(),
                Placement.NONE,
                0,
                Optional.empty(),
                Optional.empty(),
                conditions,
                Instance.START,
                pendingAcknowledgements,
                Optional.empty(),
                RepairCounts.NONE);
    }
}
