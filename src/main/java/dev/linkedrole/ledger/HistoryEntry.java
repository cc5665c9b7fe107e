package dev.linkedrole.ledger;

import dev.linkedrole.role.model.Decision;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.plan.Difference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** An entry in the history of a role. */
public sealed interface HistoryEntry {

    /** Time of the entry, by this service's clock. */
    Instant at();

    /** The role's revision after the entry was recorded. */
    long revision();

    /**
     * An event was recorded.
     *
     * @param event id and source of the event
     * @param type such as {@code feature-enabled}
     * @param time when it happened, by its producer's clock
     * @param effect the event's effect
     * @param granted grants that it put in force
     * @param taken grants that it revoked
     * @param description the description that it sets, if it sets one
     * @param replaced of an adoption, the role's former policies and trust policy, by their names
     */
    record EventRecorded(
            Instant at,
            long revision,
            EventId event,
            String type,
            Instant time,
            Decision.Effect effect,
            SortedSet<Grant> granted,
            SortedSet<Grant> taken,
            Optional<String> description,
            SortedMap<String, String> replaced)
            implements HistoryEntry {

        /** Creates an entry that replaces nothing. */
        public EventRecorded(
                Instant at,
                long revision,
                EventId event,
                String type,
                Instant time,
                Decision.Effect effect,
                SortedSet<Grant> granted,
                SortedSet<Grant> taken,
                Optional<String> description) {
            this(at, revision, event, type, time, effect, granted, taken, description, new TreeMap<>());
        }
    }

    /**
     * An event was rejected.
     *
     * @param revision the role's revision at that time
     * @param event id and source of the event
     * @param type its type as far as it could be read
     * @param reason code of the reason
     * @param detail the reason, in words
     */
    record EventRejected(Instant at, long revision, EventId event, Optional<String> type, String reason, String detail)
            implements HistoryEntry {

        /** Maximum length of a detail: a longer one would only quote the message. */
        private static final int MAX_DETAIL = 1_000;

        public EventRejected {
            detail = detail.codePointCount(0, detail.length()) > MAX_DETAIL
                    ? detail.substring(0, detail.offsetByCodePoints(0, MAX_DETAIL))
                    : detail;
        }
    }

    /**
     * IAM was brought up to a revision, and with it to all earlier ones.
     *
     * @param steps steps that IAM needed for it, in words; empty if nothing differed
     * @param drift changes by others to a role that had been right; empty if there were none
     * @param settingsChanged true if the role had to change because of the settings, the catalog or the service itself
     */
    record RevisionApplied(
            Instant at, long revision, List<String> steps, List<Difference> drift, boolean settingsChanged)
            implements HistoryEntry {
        public RevisionApplied {
            steps = List.copyOf(steps);
            drift = List.copyOf(drift);
        }

        /** Creates an entry without changes by others. */
        public RevisionApplied(Instant at, long revision, List<String> steps) {
            this(at, revision, steps, List.of());
        }

        /** Creates an entry for an unchanged desired role. */
        public RevisionApplied(Instant at, long revision, List<String> steps, List<Difference> drift) {
            this(at, revision, steps, drift, false);
        }
    }
}
