package dev.linkedrole.ledger.dynamodb.item;

import static dev.linkedrole.ledger.dynamodb.item.Attributes.number;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.optional;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.strings;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.time;

import dev.linkedrole.ledger.AppliedChange;
import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RecordResult;
import dev.linkedrole.role.model.Decision;
import dev.linkedrole.role.model.Digest;
import dev.linkedrole.role.model.EventDigest;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items of a role's history, beside its {@link RoleItem}: {@code event#HASH} for a recorded event, {@code
 * applied#REVISION#TIME} for a revision that was applied to IAM (again, after a repair of drift), {@code refused#SLOT}
 * for a rejected event. An index sorts them by time.
 */
public final class HistoryItem {

    private static final String EVENT = "event#";
    private static final String APPLIED = "applied#";
    private static final String REFUSED = "refused#";

    private static final String REASON = "reason";
    private static final String DETAIL = "detail";

    private HistoryItem() {}

    public static Map<String, AttributeValue> of(RoleEvent event, Decision decision, long revision, Instant at) {
        Map<String, AttributeValue> item = new HashMap<>(Map.ofEntries(
                Map.entry(Attributes.PK, string(event.instance().id().value())),
                Map.entry(Attributes.SK, string(EVENT + hash(event.eventId()))),
                Map.entry(Attributes.RECORDED_AT, string(TimeText.sortable(at))),
                Map.entry(Attributes.REVISION, number(revision)),
                Map.entry(Attributes.EVENT_ID, string(event.eventId().id())),
                Map.entry(Attributes.EVENT_SOURCE, string(event.eventId().source())),
                Map.entry(Attributes.EVENT_TYPE, string(event.type())),
                Map.entry(Attributes.EVENT_TIME, string(event.time().toString())),
                Map.entry(Attributes.DIGEST, string(EventDigest.of(event))),
                Map.entry(Attributes.EFFECT, string(decision.effect().name().toLowerCase(Locale.ROOT))),
                Map.entry(Attributes.GRANTED, keys(decision.granted())),
                Map.entry(Attributes.TAKEN, keys(decision.taken()))));
        if (event instanceof RoleEvent.DescriptionEdited edited) {
            item.put(Attributes.DESCRIPTION, string(edited.description().text()));
        }
        if (event instanceof RoleEvent.RoleAdopted adopted
                && !adopted.replaced().isEmpty()) {
            Map<String, AttributeValue> replaced = new HashMap<>();
            adopted.replaced().forEach((name, document) -> replaced.put(name, string(document)));
            item.put(Attributes.REPLACED, AttributeValue.fromM(replaced));
        }
        return item;
    }

    public static Map<String, AttributeValue> of(InstanceId instance, long revision, AppliedChange application) {
        Map<String, AttributeValue> item = new HashMap<>(Map.of(
                Attributes.PK, string(instance.value()),
                Attributes.SK,
                        string(APPLIED
                                + String.format(Locale.ROOT, "%012d#", revision)
                                + TimeText.sortable(application.at())),
                Attributes.RECORDED_AT, string(TimeText.sortable(application.at())),
                Attributes.REVISION, number(revision),
                Attributes.STEPS, strings(application.steps())));
        if (application.settingsChanged()) {
            item.put(Attributes.SETTINGS_CHANGED, AttributeValue.fromBool(true));
        }
        if (!application.drift().isEmpty()) {
            item.put(Attributes.DRIFT, DriftList.of(application.drift()));
        }
        return item;
    }

    public static Map<String, AttributeValue> of(InstanceId instance, HistoryEntry.EventRejected rejected) {
        Map<String, AttributeValue> item = new HashMap<>(Map.of(
                Attributes.PK,
                string(instance.value()),
                Attributes.SK,
                string(REFUSED + slot(rejected.event())),
                Attributes.RECORDED_AT,
                string(TimeText.sortable(rejected.at())),
                Attributes.REVISION,
                number(rejected.revision()),
                Attributes.EVENT_ID,
                string(rejected.event().id()),
                Attributes.EVENT_SOURCE,
                string(rejected.event().source()),
                REASON,
                string(rejected.reason()),
                DETAIL,
                string(rejected.detail())));
        rejected.type().ifPresent(type -> item.put(Attributes.EVENT_TYPE, string(type)));
        return item;
    }

    /** Returns one of an instance's slots for rejected events. */
    public static int slot(EventId event) {
        return Integer.parseInt(hash(event).substring(0, 4), 16) % Ledger.MAX_REJECTED;
    }

    private static HistoryEntry rejected(Map<String, AttributeValue> item) {
        return new HistoryEntry.EventRejected(
                time(item, Attributes.RECORDED_AT),
                number(item, Attributes.REVISION),
                new EventId(string(item, Attributes.EVENT_ID), string(item, Attributes.EVENT_SOURCE)),
                optional(item, Attributes.EVENT_TYPE).map(AttributeValue::s),
                string(item, REASON),
                string(item, DETAIL));
    }

    public static HistoryEntry read(Map<String, AttributeValue> item) {
        if (string(item, Attributes.SK).startsWith(REFUSED)) {
            return rejected(item);
        }
        Instant at = time(item, Attributes.RECORDED_AT);
        long revision = number(item, Attributes.REVISION);
        if (string(item, Attributes.SK).startsWith(APPLIED)) {
            return new HistoryEntry.RevisionApplied(
                    at,
                    revision,
                    strings(item, Attributes.STEPS),
                    optional(item, Attributes.DRIFT).map(DriftList::read).orElse(List.of()),
                    item.containsKey(Attributes.SETTINGS_CHANGED));
        }
        return new HistoryEntry.EventRecorded(
                at,
                revision,
                new EventId(string(item, Attributes.EVENT_ID), string(item, Attributes.EVENT_SOURCE)),
                string(item, Attributes.EVENT_TYPE),
                time(item, Attributes.EVENT_TIME),
                Decision.Effect.valueOf(string(item, Attributes.EFFECT).toUpperCase(Locale.ROOT)),
                grants(item, Attributes.GRANTED),
                grants(item, Attributes.TAKEN),
                optional(item, Attributes.DESCRIPTION).map(AttributeValue::s),
                replaced(item));
    }

    public static Map<String, AttributeValue> key(RoleEvent event) {
        return Map.of(
                Attributes.PK, string(event.instance().id().value()),
                Attributes.SK, string(EVENT + hash(event.eventId())));
    }

    /** Returns the result of an attempt to record an event under an id that was recorded before. */
    public static RecordResult again(Map<String, AttributeValue> recorded, RoleEvent event) {
        boolean same = optional(recorded, Attributes.DIGEST)
                .map(AttributeValue::s)
                .filter(EventDigest::isComparable)
                .map(EventDigest.of(event)::equals)
                .orElseGet(() -> mayBe(recorded, event));
        return same ? RecordResult.DUPLICATE : new RecordResult.IdReused(time(recorded, Attributes.EVENT_TIME));
    }

    /** True if an event that was recorded without a digest may be this one, by all that is recorded of it. */
    private static boolean mayBe(Map<String, AttributeValue> recorded, RoleEvent event) {
        SortedSet<Grant> changed = grants(recorded, Attributes.GRANTED);
        changed.addAll(grants(recorded, Attributes.TAKEN));
        return event.type().equals(string(recorded, Attributes.EVENT_TYPE))
                && event.time().equals(time(recorded, Attributes.EVENT_TIME))
                && switch (event) {
                    case RoleEvent.FeatureEnabled enabled ->
                        LinkedRole.of(enabled).grantWrites().keySet().containsAll(changed);
                    case RoleEvent.FeatureDisabled disabled
                    when disabled.resources().isEmpty() ->
                        changed.stream().allMatch(grant -> grant.feature().equals(disabled.feature()));
                    case RoleEvent.FeatureDisabled disabled ->
                        LinkedRole.of(disabled).grantWrites().keySet().containsAll(changed);
                    case RoleEvent.DescriptionEdited edited ->
                        edited.description().text().equals(string(recorded, Attributes.DESCRIPTION));
                    case RoleEvent.InstanceCreated created -> true;
                    case RoleEvent.InstanceDeleted deleted -> true;
                    case RoleEvent.RoleAdopted adopted -> true;
                    case RoleEvent.RoleReleased released -> true;
                };
    }

    private static SortedMap<String, String> replaced(Map<String, AttributeValue> item) {
        SortedMap<String, String> replaced = new TreeMap<>();
        optional(item, Attributes.REPLACED)
                .ifPresent(documents -> documents.m().forEach((name, document) -> replaced.put(name, document.s())));
        return replaced;
    }

    private static AttributeValue keys(Collection<Grant> grants) {
        return strings(grants.stream().map(GrantKey::of).toList());
    }

    private static SortedSet<Grant> grants(Map<String, AttributeValue> item, String name) {
        SortedSet<Grant> grants = new TreeSet<>();
        strings(item, name).forEach(key -> grants.add(GrantKey.read(key)));
        return grants;
    }

    /**
     * Returns a hash, since ids and sources may be longer than the 1,024 bytes of a sort key, and have any characters.
     */
    private static String hash(EventId event) {
        return Digest.hex(event.source() + "\0" + event.id());
    }
}
