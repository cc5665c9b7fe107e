package dev.linkedrole.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.testing.Instance;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Who waits for an answer, within bounds. */
class AwaitingTest {

    private static final Instance INSTANCE = Instance.random();

    @Property(tries = 100)
    void everybody_is_counted_and_no_more_are_listed_than_there_is_room_for(
            @ForAll @Size(max = 60) List<@IntRange(min = 1, max = 20_000) Integer> sizes) {
        // When
        Awaiting awaiting = Awaiting.NOBODY;
        for (int size : sizes) {
            awaiting = awaiting.plus(unanswered("x".repeat(size)));
        }

        // Then
        assertThat(awaiting.events().size() + awaiting.unlisted()).isEqualTo(sizes.size());
        assertThat(awaiting.version()).isEqualTo(sizes.size());
        assertThat(awaiting.events().stream().mapToInt(Unanswered::size).sum())
                .isLessThanOrEqualTo(Awaiting.MOST_BYTES);
        assertThat(awaiting.isEmpty()).isEqualTo(sizes.isEmpty());
    }

    @Test
    void what_json_has_to_escape_counts_as_much_as_it_takes() {
        assertThat(unanswered("\u0001".repeat(100)).size()).isGreaterThanOrEqualTo(600);
        assertThat(unanswered("\u20ac".repeat(100)).size()).isBetween(300, 400);
    }

    @Test
    void an_event_speaks_of_what_it_names_whether_or_not_that_is_news() {
        // Given
        RoleEvent created = INSTANCE.created(0);
        RoleEvent enabled = INSTANCE.enabled(1, "lex-bots", "arn:aws:lex:us-west-2:111122223333:bot:Acme");
        LinkedRole known = INSTANCE.after(List.of(created, enabled));

        // Then
        assertThat(Unanswered.of(enabled, Decision.of(known, enabled)).grants())
                .containsExactly(Grant.of("lex-bots", "arn:aws:lex:us-west-2:111122223333:bot:Acme"));
        assertThat(Unanswered.of(created, Decision.of(known, created)).grants()).containsExactly(Grant.BASE);
        RoleEvent gone = INSTANCE.disabled(2, "lex-bots");
        assertThat(Unanswered.of(gone, Decision.of(known, gone)).grants())
                .containsExactly(Grant.of("lex-bots", "arn:aws:lex:us-west-2:111122223333:bot:Acme"));
        RoleEvent deleted = INSTANCE.deleted(3);
        assertThat(Unanswered.of(deleted, Decision.of(known, deleted)).grants()).isEmpty();
    }

    @Test
    void an_event_that_speaks_of_more_than_any_role_has_room_for_is_answered_without_it() {
        // Given
        RoleEvent.FeatureDisabled all = (RoleEvent.FeatureDisabled) INSTANCE.disabled(
                1,
                "lex-bots",
                IntStream.range(0, 200)
                        .mapToObj(i -> "arn:aws:lex:us-west-2:111122223333:bot:" + i + "x".repeat(1_000))
                        .toArray(String[]::new));

        // Then
        Unanswered unanswered = Unanswered.of(all, Decision.of(LinkedRole.unknown(INSTANCE.arn()), all));
        assertThat(unanswered.grants()).isEmpty();
        assertThat(unanswered.event()).isEqualTo(all.eventId());
    }

    private static Unanswered unanswered(String id) {
        return new Unanswered(new EventId(id, "acme"), "feature-enabled", new TreeSet<>());
    }
}
