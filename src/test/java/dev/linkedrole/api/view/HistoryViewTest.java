package dev.linkedrole.api.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.role.model.Decision;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.plan.Difference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HistoryViewTest {

    private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

    @Test
    void drift_is_a_separate_entry_and_puts_no_event_in_force() {
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
                new HistoryEntry.EventRejected(
                        START.plusSeconds(60),
                        1,
                        new EventId("7f1e", "acme"),
                        Optional.empty(),
                        "unknown-feature",
                        "data.feature is unknown"),
                new HistoryEntry.RevisionApplied(
                        START.plusSeconds(3_600), 1, List.of("put the inline policy"), List.of(difference)));

        // When
        List<HistoryView> views = HistoryView.of(history);

        // Then
        assertThat(views).extracting(HistoryView::type).containsExactly("instance-created", "unknown", "drift");
        assertThat(views.get(1)).satisfies(rejected -> {
            assertThat(rejected.effect()).isEqualTo("refused");
            assertThat(rejected.reason()).isEqualTo("unknown-feature");
            assertThat(rejected.detail()).isEqualTo("data.feature is unknown");
            assertThat(rejected.appliedAt()).isNull();
        });
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

    @Test
    void what_came_later_is_told_later_whatever_the_clocks_of_its_replicas_said() {
        // Given a second event that a clock far behind has recorded and carried out
        List<HistoryEntry> history = List.of(
                recorded("second", START.minusSeconds(3_600), 2),
                new HistoryEntry.RevisionApplied(START.minusSeconds(3_599), 2, List.of("put the inline policy")),
                recorded("first", START, 1),
                new HistoryEntry.RevisionApplied(START.plusSeconds(1), 1, List.of("created the role")));

        // When
        List<HistoryView> views = HistoryView.of(history);

        // Then
        assertThat(views).extracting(HistoryView::id).containsExactly("first", "second");
        assertThat(views)
                .extracting(HistoryView::applied)
                .containsExactly(List.of("created the role"), List.of("put the inline policy"));
    }

    private static HistoryEntry recorded(String id, Instant at, long revision) {
        return new HistoryEntry.EventRecorded(
                at,
                revision,
                new EventId(id, "acme"),
                "feature-enabled",
                START,
                Decision.Effect.CHANGED,
                new TreeSet<>(),
                new TreeSet<>(),
                Optional.empty());
    }
}
