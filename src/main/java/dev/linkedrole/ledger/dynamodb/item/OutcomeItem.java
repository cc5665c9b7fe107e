package dev.linkedrole.ledger.dynamodb.item;

import static dev.linkedrole.ledger.dynamodb.item.Attributes.number;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.optional;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.required;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.strings;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.time;

import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.PendingOutcome;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.outcome.AcknowledgedEvent;
import dev.linkedrole.role.outcome.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Item of an outcome that is not published yet: beside the {@link RoleItem} of its instance, with {@code sk} = {@code
 * outcome#REVISION#TIME#ID}, so the sort keys are in the order of the outcomes. An event that names no instance has a
 * partition of its own.
 */
public final class OutcomeItem {

    /** Prefix of sort keys. */
    public static final String PREFIX = "outcome#";

    private static final String OUTCOME_ID = "outcomeId";
    private static final String OUTCOME_TYPE = "outcomeType";
    private static final String TIME = "time";
    private static final String ABOUT = "about";
    private static final String ANSWERS = "answers";
    private static final String REASON = "reason";
    private static final String DETAIL = "detail";
    private static final String FIELD = "field";
    private static final int SHARDS = 16;

    private OutcomeItem() {}

    public static Map<String, AttributeValue> of(Outcome outcome) {
        Map<String, AttributeValue> item = new HashMap<>();
        String lane = outcome.about().map(Outbox::laneOf).orElseGet(() -> PREFIX + outcome.id());
        item.put(Attributes.PK, string(lane));
        item.put(Attributes.SK, string(position(outcome)));
        item.put(Attributes.PENDING_SHARD, string(shard(lane)));
        item.put(Attributes.PENDING_SINCE, string(TimeText.sortable(outcome.time())));
        item.put(OUTCOME_ID, string(outcome.id()));
        item.put(OUTCOME_TYPE, string(outcome.type()));
        item.put(TIME, string(outcome.time().toString()));
        item.put(
                ANSWERS,
                AttributeValue.fromL(
                        outcome.answers().stream().map(OutcomeItem::write).toList()));
        switch (outcome) {
            case Outcome.RoleUpdated updated -> {
                write(item, updated.subject());
                item.put(Attributes.GRANTED, keys(updated.granted()));
                item.put(Attributes.TAKEN, keys(updated.taken()));
                item.put(Attributes.UNLISTED, number(updated.unlisted()));
            }
            case Outcome.RoleDeleted deleted -> {
                write(item, deleted.subject());
                item.put(Attributes.UNLISTED, number(deleted.unlisted()));
            }
            case Outcome.RoleRepaired repaired -> {
                write(item, repaired.subject());
                item.put(Attributes.DRIFT, DriftList.of(repaired.drift()));
                item.put(Attributes.STEPS, strings(repaired.steps()));
            }
            case Outcome.GrantRejected rejected -> {
                rejected.about().ifPresent(about -> item.put(ABOUT, string(about.value())));
                rejected.subject().ifPresent(subject -> write(item, subject));
                item.put(REASON, string(rejected.rejection().reason().name()));
                item.put(DETAIL, string(rejected.rejection().detail()));
                rejected.rejection().field().ifPresent(field -> item.put(FIELD, string(field)));
            }
        }
        return item;
    }

    /** Returns the partition of the sparse index of pending items: a prefix separates it from those of the roles. */
    static String shard(String lane) {
        return PREFIX + Integer.toHexString(Math.floorMod(lane.hashCode(), SHARDS));
    }

    /** Lists all partitions. */
    public static List<String> shards() {
        return IntStream.range(0, SHARDS)
                .mapToObj(shard -> PREFIX + Integer.toHexString(shard))
                .toList();
    }

    public static PendingOutcome read(Map<String, AttributeValue> item) {
        return new PendingOutcome(
                string(item, Attributes.PK),
                string(item, Attributes.SK),
                string(item, OUTCOME_ID),
                time(item, Attributes.PENDING_SINCE),
                outcome(item));
    }

    private static Outcome outcome(Map<String, AttributeValue> item) {
        Instant at = time(item, TIME);
        String type = string(item, OUTCOME_TYPE);
        return switch (type) {
            case "role-updated" ->
                new Outcome.RoleUpdated(
                        subject(item),
                        grants(item, Attributes.GRANTED),
                        grants(item, Attributes.TAKEN),
                        answers(item),
                        number(item, Attributes.UNLISTED),
                        at);
            case "role-deleted" ->
                new Outcome.RoleDeleted(subject(item), answers(item), number(item, Attributes.UNLISTED), at);
            case "role-repaired" ->
                new Outcome.RoleRepaired(
                        subject(item),
                        DriftList.read(required(item, Attributes.DRIFT)),
                        strings(item, Attributes.STEPS),
                        at);
            case "grant-refused" ->
                new Outcome.GrantRejected(
                        optional(item, ABOUT).map(about -> new InstanceId(about.s())),
                        optional(item, Attributes.ROLE_NAME).map(known -> subject(item)),
                        answers(item).getFirst(),
                        new Rejection(
                                Rejection.Reason.valueOf(string(item, REASON)),
                                string(item, DETAIL),
                                optional(item, FIELD).map(AttributeValue::s)),
                        at);
            default -> throw new IllegalStateException("the outbox has an outcome of the unknown type " + type);
        };
    }

    public static String position(Outcome outcome) {
        long revision = switch (outcome) {
            case Outcome.RoleUpdated updated -> updated.subject().revision();
            case Outcome.RoleDeleted deleted -> deleted.subject().revision();
            case Outcome.RoleRepaired repaired -> repaired.subject().revision();
            case Outcome.GrantRejected rejected ->
                rejected.subject().map(Outcome.Subject::revision).orElse(0L);
        };
        return PREFIX
                + String.format(Locale.ROOT, "%012d#", revision)
                + TimeText.sortable(outcome.time())
                + '#'
                + outcome.id();
    }

    private static void write(Map<String, AttributeValue> item, Outcome.Subject subject) {
        item.put(Attributes.INSTANCE, string(subject.instance().toString()));
        item.put(Attributes.ROLE_NAME, string(subject.role().value()));
        subject.arn().ifPresent(arn -> item.put(Attributes.ROLE_ARN, string(arn)));
        item.put(Attributes.REVISION, number(subject.revision()));
    }

    private static Outcome.Subject subject(Map<String, AttributeValue> item) {
        return new Outcome.Subject(
                InstanceArn.parse(string(item, Attributes.INSTANCE)),
                new RoleName(string(item, Attributes.ROLE_NAME)),
                optional(item, Attributes.ROLE_ARN).map(AttributeValue::s),
                number(item, Attributes.REVISION));
    }

    private static AttributeValue write(AcknowledgedEvent answered) {
        Map<String, AttributeValue> event = new HashMap<>();
        event.put(Attributes.EVENT_ID, string(answered.event().id()));
        event.put(Attributes.EVENT_SOURCE, string(answered.event().source()));
        answered.type().ifPresent(type -> event.put(Attributes.EVENT_TYPE, string(type)));
        return AttributeValue.fromM(event);
    }

    private static List<AcknowledgedEvent> answers(Map<String, AttributeValue> item) {
        return required(item, ANSWERS).l().stream()
                .map(AttributeValue::m)
                .map(event -> new AcknowledgedEvent(
                        new EventId(string(event, Attributes.EVENT_ID), string(event, Attributes.EVENT_SOURCE)),
                        optional(event, Attributes.EVENT_TYPE).map(AttributeValue::s)))
                .toList();
    }

    private static AttributeValue keys(SortedSet<Grant> grants) {
        return strings(grants.stream().map(GrantKey::of).toList());
    }

    private static SortedSet<Grant> grants(Map<String, AttributeValue> item, String name) {
        SortedSet<Grant> grants = new TreeSet<>();
        strings(item, name).forEach(key -> grants.add(GrantKey.read(key)));
        return grants;
    }
}
