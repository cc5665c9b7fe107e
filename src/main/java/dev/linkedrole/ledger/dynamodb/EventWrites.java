package dev.linkedrole.ledger.dynamodb;

import static dev.linkedrole.ledger.dynamodb.item.Attributes.number;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;

import dev.linkedrole.ledger.DecidedEvent;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.ledger.dynamodb.item.AcknowledgementsAttribute;
import dev.linkedrole.ledger.dynamodb.item.Attributes;
import dev.linkedrole.ledger.dynamodb.item.HistoryItem;
import dev.linkedrole.ledger.dynamodb.item.RoleItem;
import dev.linkedrole.ledger.dynamodb.item.TimeText;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.outcome.UnacknowledgedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Writes of a transaction that records events of one instance: the history first, in their order, and then the state.
 */
final class EventWrites {

    private final String table;
    private final RoleRecord before;
    private final List<DecidedEvent> events;
    private final Instant at;
    private final boolean published;

    /** @param published true if outcomes are published */
    EventWrites(String table, RoleRecord before, List<DecidedEvent> events, Instant at, boolean published) {
        this.table = table;
        this.before = before;
        this.events = events;
        this.at = at;
        this.published = published;
    }

    /** Returns the history's items; each of them ensures that its event counts once. */
    List<Map<String, AttributeValue>> history() {
        // States only grow: an event that changes nothing now never will, whatever other replicas write meanwhile.
        long revision = changed().isPresent() ? before.revision() + 1 : before.revision();
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        for (DecidedEvent decided : events) {
            // Events recorded together are acknowledged in their order, which is by time.
            Instant time = at.plusNanos(1_000L * items.size());
            items.add(HistoryItem.of(decided.event(), decided.decision(), revision, time));
        }
        return items;
    }

    List<TransactWriteItem> all() {
        List<TransactWriteItem> items = new ArrayList<>();
        history()
                .forEach(item -> items.add(TransactWriteItem.builder()
                        .put(Put.builder()
                                .tableName(table)
                                .item(item)
                                .conditionExpression(Attributes.NOT_THERE_YET)
                                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                                .build())
                        .build()));
        DisabledGrantsWriter disabled =
                new DisabledGrantsWriter(table, before, changed(), Ledger.MAX_WITH_STATE - items.size());
        changed()
                .map(after -> stateUpdate(after, disabled.lists()))
                .or(() -> published ? Optional.of(asked()) : Optional.empty())
                .ifPresent(update ->
                        items.add(TransactWriteItem.builder().update(update).build()));
        items.addAll(disabled.items());
        return items;
    }

    /** Returns the state that the events lead to, if it differs from the one before. */
    Optional<LinkedRole> changed() {
        return events.stream()
                .filter(DecidedEvent::changes)
                .reduce((first, later) -> later)
                .map(last -> last.decision().after());
    }

    private List<UnacknowledgedEvent> unanswered() {
        return events.stream()
                .map(decided -> UnacknowledgedEvent.of(decided.event(), decided.decision()))
                .toList();
    }

    /** Returns an update of nothing but the pending acknowledgements. */
    private Update asked() {
        Map<String, AttributeValue> arguments = new HashMap<>();
        String added = AcknowledgementsAttribute.added(before.pendingAcknowledgements(), unanswered(), arguments);
        arguments.put(":before", number(before.revision()));
        return Update.builder()
                .tableName(table)
                .key(RoleItem.key(before.role().instance().id()))
                .updateExpression("SET " + added)
                .conditionExpression("revision = :before")
                .expressionAttributeValues(arguments)
                .build();
    }

    /**
     * Returns an update of the attributes that events decide, so that a concurrent {@link Ledger#markApplied} is not
     * undone.
     */
    private Update stateUpdate(LinkedRole after, List<String> lists) {
        InstanceId instance = after.instance().id();
        Map<String, AttributeValue> values = new TreeMap<>(RoleItem.desired(after));
        values.put(Attributes.REVISION, number(before.revision() + 1));
        values.put(Attributes.CHANGED_AT, string(at.toString()));
        values.put(Attributes.SHARD, string(RoleItem.shard(instance)));
        values.put(Attributes.PENDING_SHARD, string(RoleItem.shard(instance)));
        List<String> assignments = new ArrayList<>();
        Map<String, AttributeValue> arguments = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        values.forEach((name, value) -> {
            assignments.add("#" + name + " = :" + name);
            names.put("#" + name, name);
            arguments.put(":" + name, value);
        });
        assignments.add("pendingSince = if_not_exists(pendingSince, :at)");
        assignments.add("appliedRevision = if_not_exists(appliedRevision, :none)");
        arguments.put(":at", string(TimeText.sortable(at)));
        arguments.put(":none", number(0));
        before.identity().ifPresent(identity -> {
            assignments.add(RoleItem.IDENTITY_KEPT);
            arguments.put(":identity", RoleItem.identity(identity));
        });
        if (published) {
            assignments.add(AcknowledgementsAttribute.added(before.pendingAcknowledgements(), unanswered(), arguments));
        }
        String add = "";
        if (!lists.isEmpty()) {
            arguments.put(":lists", AttributeValue.fromSs(lists));
            add = " ADD unspread :lists";
        }
        Update.Builder update = Update.builder()
                .tableName(table)
                .key(RoleItem.key(instance))
                .updateExpression("SET " + String.join(", ", assignments) + add)
                .expressionAttributeNames(names);
        if (before.revision() == 0) {
            update.conditionExpression(Attributes.NOT_THERE_YET);
        } else {
            update.conditionExpression("#revision = :before");
            arguments.put(":before", number(before.revision()));
        }
        return update.expressionAttributeValues(arguments).build();
    }
}
