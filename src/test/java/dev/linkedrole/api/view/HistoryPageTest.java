package dev.linkedrole.api.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.InvalidValueException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of a history, which grows at its end while it is read. */
class HistoryPageTest {

    private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

    @Test
    void page_after_page_every_entry_comes_once() {
        // Given
        List<HistoryView> history = history(1, 1, 1, 2, 4, 4, 5);

        for (int limit = 1; limit <= 8; limit++) {
            // When
            List<HistoryView> read = new ArrayList<>();
            Optional<HistoryPage.Mark> after = Optional.empty();
            do {
                HistoryPage page = HistoryPage.of(history, after, limit);
                assertThat(page.entries()).isNotEmpty().hasSizeLessThanOrEqualTo(limit);
                read.addAll(page.entries());
                after = page.next().map(mark -> HistoryPage.Mark.parse(mark.toString()));
            } while (after.isPresent());

            // Then
            assertThat(read).isEqualTo(history);
        }
    }

    @Test
    void an_entry_that_is_added_in_between_is_on_a_later_page() {
        // Given
        HistoryPage first = HistoryPage.of(history(1, 2, 2), Optional.empty(), 2);

        // Then
        assertThat(HistoryPage.of(history(1, 2, 2, 2, 3), first.next(), 10).entries())
                .isEqualTo(history(1, 2, 2, 2, 3).subList(2, 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "7.", "a.0", "-1.0", "1.0.0", "99999999999999999999.0"})
    void an_after_that_no_link_has_is_an_error(String text) {
        assertThatThrownBy(() -> HistoryPage.Mark.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("after");
    }

    private static List<HistoryView> history(long... revisions) {
        return HistoryView.of(LongStream.range(0, revisions.length)
                .mapToObj(i -> (HistoryEntry) new HistoryEntry.EventRejected(
                        START.plusSeconds(i),
                        revisions[(int) i],
                        new EventId("event-" + i, "acme"),
                        Optional.empty(),
                        "unknown-feature",
                        "there is no such feature"))
                .toList());
    }
}
