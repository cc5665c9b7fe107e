package dev.linkedrole.role.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.Events;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.plan.Difference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Types and identity of outcomes. */
class OutcomeTest {

    private static final Instant NOW = Events.at(0);
    private static final RoleName NAME = RoleName.of("LinkedRole_", Events.INSTANCE.id());
    private static final AcknowledgedEvent ONE = answered("one");
    private static final AcknowledgedEvent TWO = answered("two");

    @Test
    void each_kind_has_its_type_and_says_whose_it_is() {
        assertThat(Stream.of(updated(1, NOW, ONE), deleted(1, ONE), rejected(Rejection.Reason.WILDCARD, ONE)))
                .extracting(Outcome::type)
                .containsExactly("role-updated", "role-deleted", "grant-refused");
        assertThat(Stream.of(updated(1, NOW, ONE), deleted(1, ONE), rejected(Rejection.Reason.WILDCARD, ONE)))
                .allSatisfy(outcome -> {
                    assertThat(outcome.about()).contains(Events.INSTANCE.id());
                    assertThat(outcome.answers()).containsExactly(ONE);
                });
    }

    @Test
    void a_repair_answers_no_event_and_says_whose_role_it_is() {
        assertThat(repaired(NOW).type()).isEqualTo("role-repaired");
        assertThat(repaired(NOW).about()).contains(Events.INSTANCE.id());
        assertThat(repaired(NOW).answers()).isEmpty();
    }

    @Test
    void a_later_repair_at_the_same_revision_is_another_one() {
        assertThat(repaired(NOW).id())
                .isEqualTo(repaired(NOW).id())
                .isNotEqualTo(repaired(NOW.plusMillis(1)).id());
    }

    @Test
    void told_again_it_has_the_same_id_whenever_that_is() {
        assertThat(updated(1, NOW, ONE).id())
                .isEqualTo(updated(1, NOW.plusSeconds(9), ONE).id());
        assertThat(rejected(Rejection.Reason.WILDCARD, ONE).id())
                .isEqualTo(rejected(Rejection.Reason.WILDCARD, ONE).id());
    }

    @Test
    void another_one_has_another_id() {
        assertThat(Set.of(
                        updated(1, NOW, ONE).id(),
                        updated(2, NOW, ONE).id(),
                        updated(1, NOW, TWO).id(),
                        updated(1, NOW, ONE, TWO).id(),
                        deleted(1, ONE).id(),
                        rejected(Rejection.Reason.WILDCARD, ONE).id(),
                        rejected(Rejection.Reason.UNKNOWN_FEATURE, ONE).id(),
                        new Outcome.GrantRejected(
                                        Optional.empty(),
                                        Optional.empty(),
                                        ONE,
                                        rejection(Rejection.Reason.WILDCARD),
                                        NOW)
                                .id()))
                .hasSize(8)
                .doesNotContain("");
    }

    private static Outcome updated(long revision, Instant time, AcknowledgedEvent... answers) {
        return new Outcome.RoleUpdated(subject(revision), new TreeSet<>(), new TreeSet<>(), List.of(answers), 0, time);
    }

    private static Outcome deleted(long revision, AcknowledgedEvent answer) {
        return new Outcome.RoleDeleted(subject(revision), List.of(answer), 0, NOW);
    }

    private static Outcome repaired(Instant time) {
        return new Outcome.RoleRepaired(
                subject(1),
                List.of(new Difference("trust", Difference.Kind.OTHER, List.of(), List.of("theirs"))),
                List.of("set the trust policy"),
                time);
    }

    private static Outcome rejected(Rejection.Reason reason, AcknowledgedEvent answer) {
        return new Outcome.GrantRejected(
                Optional.of(Events.INSTANCE.id()), Optional.empty(), answer, rejection(reason), NOW);
    }

    private static Rejection rejection(Rejection.Reason reason) {
        return Rejection.because(reason, "why").orElseThrow();
    }

    private static Outcome.Subject subject(long revision) {
        return new Outcome.Subject(Events.INSTANCE, NAME, Optional.empty(), revision);
    }

    private static AcknowledgedEvent answered(String id) {
        return AcknowledgedEvent.of(
                new UnacknowledgedEvent(new EventId(id, "acme"), "feature-enabled", new TreeSet<>()));
    }
}
