package dev.linkedrole.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.role.Decision;
import dev.linkedrole.role.Difference;
import dev.linkedrole.role.EventId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HistoryViewTest {

    private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

    @Test
    void drift_is_an_entry_of_its_own_and_is_not_what_brought_an_event_into_force() {
        // Given
        Difference difference = new Difference(
                "inline:permissions", Difference.Kind.OTHER, List.of("Streams: one"), List.of("Streams: two"));
        List<HistoryEntry> history = List.of(
                new HistoryEntry.EventRecorded(
                        START,
                        1,
                        new EventId("7f1d", "acme"),
                        "instance-created",
                        START,
                        Decision.Effect.CHANGED,
                        new TreeSet<>(),
                        new TreeSet<>(),
                        Optional.empty()),
                new HistoryEntry.RevisionApplied(START.plusSeconds(1), 1, List.of("created the role")),
                new HistoryEntry.RevisionApplied(
                        START.plusSeconds(3_600), 1, List.of("put the inline policy"), List.of(difference)));

        // When
        List<HistoryView> views = HistoryView.of(history);

        // Then
        assertThat(views).extracting(HistoryView::type).containsExactly("instance-created", "drift");
        assertThat(views.getFirst().appliedAt()).isEqualTo(START.plusSeconds(1));
        assertThat(views.getFirst().drift()).isNull();
        assertThat(views.getLast()).satisfies(drift -> {
            assertThat(drift.recordedAt()).isEqualTo(START.plusSeconds(3_600));
            assertThat(drift.effect()).isEqualTo("repaired");
            assertThat(drift.revision()).isEqualTo(1);
            assertThat(drift.applied()).containsExactly("put the inline policy");
            assertThat(drift.drift())
                    .containsExactly(new DriftView(
                            "inline:permissions", "other", List.of("Streams: one"), List.of("Streams: two")));
        });
    }
}
