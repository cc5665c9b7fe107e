package dev.linkedrole.ledger.dynamodb.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.PendingOutcome;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.outcome.AcknowledgedEvent;
import dev.linkedrole.role.outcome.Outcome;
import dev.linkedrole.role.plan.Difference;
import dev.linkedrole.testing.Instance;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Every outcome is read back as it was written, and in order. */
class OutcomeItemTest {

    private static final Instance INSTANCE = Instance.random();

    @Property(tries = 100)
    void every_outcome_comes_back_as_it_was_put_in(
            @ForAll @NotBlank String text,
            @ForAll @LongRange(min = 1, max = 999_999_999_999L) long revision,
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long second,
            @ForAll @Size(max = 5) List<@NotBlank String> resources,
            @ForAll boolean known,
            @ForAll Rejection.Reason reason) {
        // Given
        Instant at = Instant.ofEpochSecond(second, revision % 1_000_000_000);
        Optional<String> perhaps = known ? Optional.of(text) : Optional.empty();
        Outcome.Subject subject = new Outcome.Subject(INSTANCE.arn(), INSTANCE.roleName(), perhaps, revision);
        AcknowledgedEvent answered = new AcknowledgedEvent(new EventId(text, text + text), perhaps);
        TreeSet<Grant> grants = resources.stream()
                .map(resource -> Grant.of("feature", resource))
                .collect(Collectors.toCollection(TreeSet::new));
        Optional<InstanceId> about = known ? Optional.of(INSTANCE.id()) : Optional.empty();
        List<Outcome> outcomes = List.of(
                new Outcome.RoleUpdated(subject, grants, new TreeSet<>(), List.of(answered), second, at),
                new Outcome.RoleUpdated(subject, new TreeSet<>(), grants, List.of(), second, at),
                new Outcome.RoleDeleted(subject, List.of(answered, answered), second, at),
                new Outcome.RoleRepaired(
                        subject,
                        List.of(
                                new Difference(text, Difference.Kind.OTHER, List.of(text), resources),
                                Difference.ofRole(Difference.Kind.MISSING)),
                        resources,
                        at),
                new Outcome.GrantRejected(
                        about, about.map(id -> subject), answered, new Rejection(reason, text, perhaps), at));

        // Then
        for (Outcome outcome : outcomes) {
            PendingOutcome read = OutcomeItem.read(OutcomeItem.of(outcome));
            assertThat(read.outcome()).isEqualTo(outcome);
            assertThat(read.id()).isEqualTo(outcome.id());
        }
    }

    @Test
    void the_place_in_the_lane_is_the_order_in_which_outcomes_came_about() {
        assertThat(List.of(
                        place(2, "2026-11-23T09:00:00Z"),
                        place(2, "2026-11-23T09:00:00.5Z"),
                        place(10, "2026-11-23T08:00:00Z"),
                        place(10, "2026-11-23T08:00:01Z")))
                .isSorted();
    }

    @Test
    void rejections_of_one_instance_share_a_lane_and_others_have_their_own() {
        // Given
        AcknowledgedEvent one = new AcknowledgedEvent(new EventId("one", "acme"), Optional.empty());
        AcknowledgedEvent two = new AcknowledgedEvent(new EventId("two", "acme"), Optional.empty());

        // Then
        assertThat(lane(rejected(one, Optional.of(INSTANCE.id()))))
                .isEqualTo(lane(rejected(two, Optional.of(INSTANCE.id()))))
                .isEqualTo(Outbox.laneOf(INSTANCE.id()));
        assertThat(lane(rejected(one, Optional.empty()))).isNotEqualTo(lane(rejected(two, Optional.empty())));
        assertThat(OutcomeItem.shards())
                .contains(OutcomeItem.shard(lane(rejected(one, Optional.empty()))), OutcomeItem.shard("any"));
    }

    private static Outcome rejected(AcknowledgedEvent event, Optional<InstanceId> about) {
        return new Outcome.GrantRejected(
                about, Optional.empty(), event, new Rejection(Rejection.Reason.WILDCARD, "has one"), Instant.EPOCH);
    }

    private static String lane(Outcome outcome) {
        return OutcomeItem.read(OutcomeItem.of(outcome)).lane();
    }

    private static String place(long revision, String at) {
        Outcome outcome = new Outcome.RoleDeleted(
                new Outcome.Subject(INSTANCE.arn(), INSTANCE.roleName(), Optional.empty(), revision),
                List.of(),
                0,
                Instant.parse(at));
        AttributeValue place = OutcomeItem.of(outcome).get(Attributes.SK);
        return place == null ? "" : place.s();
    }
}
