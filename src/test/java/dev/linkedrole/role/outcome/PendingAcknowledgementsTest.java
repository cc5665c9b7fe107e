package dev.linkedrole.role.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.model.Decision;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Instance;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The bounded list of events that wait for an acknowledgement. */
class PendingAcknowledgementsTest {

    private static final Instance INSTANCE = Instance.random();

    @Property(tries = 100)
    void everybody_is_counted_and_no_more_are_listed_than_there_is_room_for(
            @ForAll @Size(max = 60) List<@IntRange(min = 1, max = 20_000) Integer> sizes) {
        // When
        PendingAcknowledgements pendingAcknowledgements = PendingAcknowledgements.NOBODY;
        for (int size : sizes) {
            pendingAcknowledgements = pendingAcknowledgements.plus(unanswered("x".repeat(size)));
        }

        // Then
        assertThat(pendingAcknowledgements.events().size() + pendingAcknowledgements.unlisted())
                .isEqualTo(sizes.size());
        assertThat(pendingAcknowledgements.version()).isEqualTo(sizes.size());
        assertThat(pendingAcknowledgements.events().stream()
                        .mapToInt(UnacknowledgedEvent::size)
                        .sum())
                .isLessThanOrEqualTo(PendingAcknowledgements.MAX_BYTES);
        assertThat(pendingAcknowledgements.isEmpty()).isEqualTo(sizes.isEmpty());
    }

    @Test
    void what_json_has_to_escape_counts_as_much_as_it_takes() {
        assertThat(unanswered("\u0001".repeat(100)).size()).isGreaterThanOrEqualTo(600);
        assertThat(unanswered("\u20ac".repeat(100)).size()).isBetween(300, 400);
    }

    @Test
    void the_bytes_of_each_part_are_counted() {
        // Given ten characters, for each part six bytes more, and six for the one that has to be escaped
        UnacknowledgedEvent whole = new UnacknowledgedEvent(
                new EventId("i\"d", "s o"),
                "t",
                new TreeSet<>(List.of(Grant.of("f", "ar"), Grant.withoutResource("g"))));

        // Then
        assertThat(whole.size()).isEqualTo((3 + 3 + 1) + (1 + 2 + 1) + 6 * 6 + 6);
    }

    @Test
    void the_last_byte_of_the_room_is_used_and_no_more() {
        // Given
        UnacknowledgedEvent first = unanswered("x".repeat(1_000));
        int room = PendingAcknowledgements.MAX_BYTES - first.size();
        UnacknowledgedEvent fits = unanswered("x".repeat(room - unanswered("").size()));
        UnacknowledgedEvent tooLong =
                unanswered("x".repeat(room - unanswered("").size() + 1));
        PendingAcknowledgements one = PendingAcknowledgements.NOBODY.plus(first);

        // Then
        assertThat(one.hasRoomFor(fits)).isTrue();
        assertThat(one.plus(fits).events()).containsExactly(first, fits);
        assertThat(one.plus(fits).unlisted()).isZero();
        assertThat(one.hasRoomFor(tooLong)).isFalse();
        assertThat(one.plus(tooLong).events()).containsExactly(first);
        assertThat(one.plus(tooLong).unlisted()).isOne();

        // And a single one is listed however long it is
        assertThat(PendingAcknowledgements.NOBODY
                        .plus(unanswered("x".repeat(PendingAcknowledgements.MAX_BYTES)))
                        .events())
                .hasSize(1);
    }

    @Test
    void what_is_asked_is_answered_by_all_who_ask() {
        // Given
        RoleEvent one = INSTANCE.enabled(1, "lex-bots", "arn:aws:lex:us-west-2:111122223333:bot:One");
        RoleEvent two = INSTANCE.enabled(2, "lex-bots", "arn:aws:lex:us-west-2:111122223333:bot:Two");
        LinkedRole unknown = LinkedRole.unknown(INSTANCE.arn());
        PendingAcknowledgements pendingAcknowledgements = PendingAcknowledgements.NOBODY
                .plus(UnacknowledgedEvent.of(one, Decision.of(unknown, one)))
                .plus(UnacknowledgedEvent.of(two, Decision.of(unknown, two)));

        // Then
        assertThat(pendingAcknowledgements.grants())
                .containsExactly(
                        Grant.of("lex-bots", "arn:aws:lex:us-west-2:111122223333:bot:One"),
                        Grant.of("lex-bots", "arn:aws:lex:us-west-2:111122223333:bot:Two"));
        assertThat(pendingAcknowledgements.answered())
                .extracting(AcknowledgedEvent::event)
                .containsExactly(one.eventId(), two.eventId());
    }

    @Test
    void an_answer_lists_grants_up_to_the_capacity_of_a_role() {
        // Given
        int frame = asking("").size();

        // Then
        assertThat(asking("x".repeat(160_000 - frame)).grants()).hasSize(1);
        assertThat(asking("x".repeat(160_000 - frame + 1)).grants()).isEmpty();
    }

    private static UnacknowledgedEvent asking(String resource) {
        RoleEvent event = INSTANCE.disabled(1, "lex-bots", "arn" + resource);
        return UnacknowledgedEvent.of(event, Decision.of(LinkedRole.unknown(INSTANCE.arn()), event));
    }

    @Test
    void an_event_speaks_of_what_it_names_whether_or_not_that_is_news() {
        // Given
        RoleEvent created = INSTANCE.created(0);
        RoleEvent enabled = INSTANCE.enabled(1, "lex-bots", "arn:aws:lex:us-west-2:111122223333:bot:Acme");
        LinkedRole known = INSTANCE.after(List.of(created, enabled));

        // Then
        assertThat(UnacknowledgedEvent.of(enabled, Decision.of(known, enabled)).grants())
                .containsExactly(Grant.of("lex-bots", "arn:aws:lex:us-west-2:111122223333:bot:Acme"));
        assertThat(UnacknowledgedEvent.of(created, Decision.of(known, created)).grants())
                .containsExactly(Grant.BASE);
        RoleEvent gone = INSTANCE.disabled(2, "lex-bots");
        assertThat(UnacknowledgedEvent.of(gone, Decision.of(known, gone)).grants())
                .containsExactly(Grant.of("lex-bots", "arn:aws:lex:us-west-2:111122223333:bot:Acme"));
        RoleEvent deleted = INSTANCE.deleted(3);
        assertThat(UnacknowledgedEvent.of(deleted, Decision.of(known, deleted)).grants())
                .isEmpty();
    }

    @Test
    void an_answer_omits_grants_beyond_the_capacity_of_a_role() {
        // Given
        RoleEvent.FeatureDisabled all = (RoleEvent.FeatureDisabled) INSTANCE.disabled(
                1,
                "lex-bots",
                IntStream.range(0, 200)
                        .mapToObj(i -> "arn:aws:lex:us-west-2:111122223333:bot:" + i + "x".repeat(1_000))
                        .toArray(String[]::new));

        // Then
        UnacknowledgedEvent unanswered =
                UnacknowledgedEvent.of(all, Decision.of(LinkedRole.unknown(INSTANCE.arn()), all));
        assertThat(unanswered.grants()).isEmpty();
        assertThat(unanswered.event()).isEqualTo(all.eventId());
    }

    private static UnacknowledgedEvent unanswered(String id) {
        return new UnacknowledgedEvent(new EventId(id, "acme"), "feature-enabled", new TreeSet<>());
    }
}
