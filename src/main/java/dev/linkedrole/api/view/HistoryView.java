package dev.linkedrole.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.ledger.HistoryEntry.EventRecorded;
import dev.linkedrole.ledger.HistoryEntry.EventRejected;
import dev.linkedrole.ledger.HistoryEntry.RevisionApplied;
import dev.linkedrole.role.model.Decision;
import dev.linkedrole.role.model.Grant;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * JSON view of an entry in a role's history: an event; or, with type {@value #DRIFT}, a repair after the role was
 * changed from outside; or, with type {@value #SETTINGS_CHANGED}, an update after the settings, the catalog or the
 * service had changed.
 *
 * @param id the event's id
 * @param source the producer that sent it
 * @param type the event's type
 * @param time when it happened, by its producer's clock
 * @param effect changed: the role changed; remembered: it may matter later; superseded: a later or final event had
 *     already decided otherwise; rejected: it is in the dead-letter queue; repaired: of drift
 * @param granted the grants it added
 * @param taken the grants it revoked
 * @param description the description that it sets, if it sets one
 * @param replaced of an adoption: the role's previous policies and trust policy, by their names
 * @param revision the role's revision with it
 * @param recordedAt when it was recorded
 * @param appliedAt when it was in force in IAM; none while it is not, or where nothing had to be
 * @param applied the changes made in IAM then
 * @param drift the components that had been changed; only of drift
 * @param reason the code of the reason, of an event that was rejected
 * @param detail description of the fault, of an event that was rejected
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HistoryView(
        String id,
        String source,
        String type,
        Instant time,
        String effect,
        List<String> granted,
        List<String> taken,
        @Nullable String description,
        @Nullable SortedMap<String, String> replaced,
        long revision,
        Instant recordedAt,
        @Nullable Instant appliedAt,
        List<String> applied,
        @Nullable List<DriftView> drift,
        @Nullable String reason,
        @Nullable String detail) {

    /** Type of an entry without an event: the role was changed from outside and repaired. */
    static final String DRIFT = "drift";

    /** Type of an entry without an event: the role was updated because the settings or the catalog had changed. */
    static final String SETTINGS_CHANGED = "settings-changed";

    private static final String CHANGED = "changed";
    private static final String OURSELVES = "linked-role-controller";
    private static final String REPAIRED = "repaired";
    private static final String REFUSED = "refused";
    private static final String UNREADABLE = "unknown";

    /** Creates the views of a history's events, each with the change in IAM that put it in force. */
    public static List<HistoryView> of(List<HistoryEntry> entries) {
        // Revisions are compared first: times are by the clocks of the replicas that wrote them, and those may differ.
        List<HistoryEntry> history = entries.stream()
                .sorted(Comparator.comparingLong(HistoryEntry::revision))
                .toList();
        List<RevisionApplied> applications = history.stream()
                .filter(RevisionApplied.class::isInstance)
                .map(RevisionApplied.class::cast)
                .toList();
        return history.stream()
                .flatMap(entry -> switch (entry) {
                    case EventRecorded event -> Stream.of(of(event, applicationOf(event, applications)));
                    case EventRejected rejected -> Stream.of(of(rejected));
                    case RevisionApplied applied ->
                        Stream.concat(
                                applied.drift().isEmpty() ? Stream.<HistoryView>empty() : Stream.of(drift(applied)),
                                applied.settingsChanged() ? Stream.of(settings(applied)) : Stream.empty());
                })
                .toList();
    }

    private static HistoryView of(EventRejected rejected) {
        return new HistoryView(
                rejected.event().id(),
                rejected.event().source(),
                rejected.type().orElse(UNREADABLE),
                rejected.at(),
                REFUSED,
                List.of(),
                List.of(),
                null,
                null,
                rejected.revision(),
                rejected.at(),
                null,
                List.of(),
                null,
                rejected.reason(),
                rejected.detail());
    }

    private static HistoryView drift(RevisionApplied repair) {
        return of(
                repair,
                DRIFT,
                REPAIRED,
                repair.drift().stream().map(DriftView::of).toList());
    }

    private static HistoryView settings(RevisionApplied change) {
        return of(change, SETTINGS_CHANGED, CHANGED, null);
    }

    private static HistoryView of(RevisionApplied repair, String type, String effect, @Nullable List<DriftView> drift) {
        return new HistoryView(
                type + "-" + repair.at(),
                OURSELVES,
                type,
                repair.at(),
                effect,
                List.of(),
                List.of(),
                null,
                null,
                repair.revision(),
                repair.at(),
                repair.at(),
                repair.steps(),
                drift,
                null,
                null);
    }

    /**
     * Finds the first time that IAM was brought up to the event's revision or beyond; an event that changed nothing has
     * none.
     */
    private static Optional<RevisionApplied> applicationOf(EventRecorded event, List<RevisionApplied> applications) {
        return event.effect() == Decision.Effect.SUPERSEDED
                ? Optional.empty()
                : applications.stream()
                        .filter(application -> application.revision() >= event.revision())
                        .findFirst();
    }

    private static HistoryView of(EventRecorded event, Optional<RevisionApplied> application) {
        return new HistoryView(
                event.event().id(),
                event.event().source(),
                event.type(),
                event.time(),
                event.effect().name().toLowerCase(Locale.ROOT),
                names(event.granted()),
                names(event.taken()),
                event.description().orElse(null),
                event.replaced().isEmpty() ? null : event.replaced(),
                event.revision(),
                event.at(),
                application.map(RevisionApplied::at).orElse(null),
                application.map(RevisionApplied::steps).orElse(List.of()),
                null,
                null,
                null);
    }

    private static List<String> names(Collection<Grant> grants) {
        return grants.stream().map(Grant::toString).toList();
    }
}
