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
 * An event in the history of a role as operators see it; or, of type {@value #DRIFT}, that somebody else had changed the role and
 * what was put right again; or, of type {@value #SETTINGS_CHANGED}, what was done since the settings, the catalog or the service had changed.
 *
 * @param id the event's id
 * @param source who sent it
 * @param type what kind it is
 * @param time when it happened, by its producer's clock
 * @param effect changed: the role became another; remembered: it may matter later; superseded: a later or final
 *     event had already said otherwise; rejected: it is in the dead-letter queue; repaired: of drift
 * @param granted what it put in force
 * @param taken what it put out of force
 * @param description the description that it says, where it says one
 * @param replaced of an adoption, what the role had before: its policies and its trust policy, by their names
 * @param revision the role's revision with it
 * @param recordedAt when it was recorded
 * @param appliedAt when it was in force in IAM; none while it is not, or where nothing had to be
 * @param applied what was done in IAM then
 * @param drift what had been changed; only of drift
 * @param reason the code of the reason, of an event that was rejected
 * @param detail what was wrong with it
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

    /** The type of an entry that no event has made: somebody else had changed the role, and it was put right again. */
    static final String DRIFT = "drift";

    /** The type of an entry that no event has made either: the role had to become another, since what is set or in the catalog did. */
    static final String SETTINGS_CHANGED = "settings-changed";

    private static final String CHANGED = "changed";
    private static final String OURSELVES = "linked-role-controller";
    private static final String REPAIRED = "repaired";
    private static final String REFUSED = "refused";
    private static final String UNREADABLE = "unknown";

    /** The events of a history, each with what brought it into force. */
    public static List<HistoryView> of(List<HistoryEntry> entries) {
        // By the revision first: times are by the clocks of the replicas that wrote them, and those may be apart.
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

    /** The first time that IAM was brought up to the event's revision or beyond; what changed nothing needs none. */
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
