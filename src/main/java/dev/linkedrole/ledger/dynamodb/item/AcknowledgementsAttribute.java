package dev.linkedrole.ledger.dynamodb.item;

import static dev.linkedrole.ledger.dynamodb.item.Attributes.number;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.optional;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.strings;

import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.outcome.PendingAcknowledgements;
import dev.linkedrole.role.outcome.UnacknowledgedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The pending acknowledgements in a {@link RoleItem}. Other writers may add some at any time, so each change increments
 * a version.
 */
public final class AcknowledgementsAttribute {

    /** Update expression that counts changes. */
    private static final String COUNTED = "awaitingVersion = if_not_exists(awaitingVersion, :zero) + :changes";

    private static final String GRANTS = "grants";

    /** Attributes that an update removes, with {@link #answered}. */
    public static final String REMOVED = "awaiting, unlisted";

    /**
     * Condition of the removal: events added in the meantime, or acknowledged by another replica, are not covered by
     * the outcome.
     */
    public static final String UNCHANGED = "awaitingVersion = :answered";

    private AcknowledgementsAttribute() {}

    static PendingAcknowledgements read(Map<String, AttributeValue> item) {
        return new PendingAcknowledgements(
                count(item, Attributes.AWAITING_VERSION),
                optional(item, Attributes.AWAITING).map(AttributeValue::l).orElse(List.of()).stream()
                        .map(event -> readEvent(event.m()))
                        .toList(),
                count(item, Attributes.UNLISTED));
    }

    private static long count(Map<String, AttributeValue> item, String name) {
        return optional(item, name).map(AttributeValue::n).map(Long::parseLong).orElse(0L);
    }

    /** Returns the update expression that adds events; adds its values to the arguments. */
    public static String added(
            PendingAcknowledgements before, List<UnacknowledgedEvent> events, Map<String, AttributeValue> arguments) {
        List<AttributeValue> listed = new ArrayList<>();
        PendingAcknowledgements so = before;
        for (UnacknowledgedEvent event : events) {
            if (so.hasRoomFor(event)) {
                listed.add(write(event));
            }
            so = so.plus(event);
        }
        arguments.put(":zero", number(0));
        arguments.put(":changes", number(events.size()));
        String set = COUNTED;
        if (!listed.isEmpty()) {
            arguments.put(":nobody", AttributeValue.fromL(List.of()));
            arguments.put(":unanswered", AttributeValue.fromL(listed));
            set += ", awaiting = list_append(if_not_exists(awaiting, :nobody), :unanswered)";
        }
        if (listed.size() < events.size()) {
            arguments.put(":unlisted", number(events.size() - listed.size()));
            set += ", unlisted = if_not_exists(unlisted, :zero) + :unlisted";
        }
        return set;
    }

    /** Returns the update expression after all events were answered; adds its values to the arguments. */
    public static String answered(PendingAcknowledgements known, Map<String, AttributeValue> arguments) {
        arguments.put(":zero", number(0));
        arguments.put(":changes", number(1));
        arguments.put(":answered", number(known.version()));
        return COUNTED;
    }

    private static AttributeValue write(UnacknowledgedEvent event) {
        return AttributeValue.fromM(Map.of(
                Attributes.EVENT_ID,
                string(event.event().id()),
                Attributes.EVENT_SOURCE,
                string(event.event().source()),
                Attributes.EVENT_TYPE,
                string(event.type()),
                GRANTS,
                strings(event.grants().stream().map(GrantKey::of).toList())));
    }

    private static UnacknowledgedEvent readEvent(Map<String, AttributeValue> event) {
        SortedSet<Grant> grants = new TreeSet<>();
        strings(event, GRANTS).forEach(key -> grants.add(GrantKey.read(key)));
        return new UnacknowledgedEvent(
                new EventId(string(event, Attributes.EVENT_ID), string(event, Attributes.EVENT_SOURCE)),
                string(event, Attributes.EVENT_TYPE),
                grants);
    }
}
