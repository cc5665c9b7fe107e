package dev.linkedrole.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.Awaiting;
import dev.linkedrole.role.Condition;
import dev.linkedrole.role.Placement;
import dev.linkedrole.role.Repairs;
import dev.linkedrole.role.RoleEvent;
import dev.linkedrole.testing.Instance;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Whether somebody is to be told at once, since all that he waits for is in force. */
class AnswersDueTest {

    private static final Awaiting SOMEBODY = new Awaiting(1, List.of(), 1);

    private final Instance instance = Instance.random();
    private final RoleEvent created = instance.created(0);
    private final RoleEvent deleted = instance.deleted(9);

    @Test
    void who_waits_for_a_role_that_is_there_or_is_gone_is_told() {
        assertThat(Answers.due(settled(SOMEBODY, List.of(), created))).isTrue();
        assertThat(Answers.due(settled(SOMEBODY, List.of(), created, deleted))).isTrue();
    }

    @Test
    void nobody_is_told_where_nobody_waits_or_before_the_instance_is_announced() {
        assertThat(Answers.due(settled(Awaiting.NOBODY, List.of(), created))).isFalse();
        assertThat(Answers.due(settled(SOMEBODY, List.of(), instance.enabled(1, "outbound-campaigns"))))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"PolicyTooLarge", "GrantNotInCatalog", "OutcomeNotPublished"})
    void what_is_to_be_known_of_a_role_does_not_keep_it_from_being_in_force(Condition.Type type) {
        assertThat(Answers.due(settled(SOMEBODY, conditions(type), created))).isTrue();
        assertThat(Answers.due(settled(SOMEBODY, conditions(type), created, deleted)))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"PolicyTooLarge", "GrantNotInCatalog", "OutcomeNotPublished"})
    void a_role_that_something_hinders_is_not_in_force(Condition.Type type) {
        assertThat(Answers.due(settled(SOMEBODY, conditions(type), created))).isFalse();
        assertThat(Answers.due(settled(SOMEBODY, conditions(type), created, deleted)))
                .as("of a deleted instance, whose name may well be somebody else's")
                .isEqualTo(type == Condition.Type.RoleNameTaken);
        assertThat(Answers.due(record(1, SOMEBODY, conditions(type), created, deleted)))
                .as("of one whose deletion is not carried out yet")
                .isFalse();
    }

    private List<Condition> conditions(Condition.Type type) {
        return List.of(new Condition(type, "as it happens", Instance.START));
    }

    private RoleRecord settled(Awaiting awaiting, List<Condition> conditions, RoleEvent... events) {
        return record(2, awaiting, conditions, events);
    }

    private RoleRecord record(long applied, Awaiting awaiting, List<Condition> conditions, RoleEvent... events) {
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
                awaiting,
                Optional.empty(),
                Repairs.NONE);
    }
}
