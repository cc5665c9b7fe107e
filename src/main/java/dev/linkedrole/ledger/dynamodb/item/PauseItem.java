package dev.linkedrole.ledger.dynamodb.item;

import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;

import dev.linkedrole.role.pause.Pause;
import dev.linkedrole.role.pause.PauseScope;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Item of all pauses: {@code pk} = {@code deployment}, {@code sk} = {@code pauses}, with an attribute for each pause,
 * named by its scope. So all are read at once, and each is written by itself.
 */
public final class PauseItem {

    public static final Map<String, AttributeValue> KEY =
            Map.of(Attributes.PK, string("deployment"), Attributes.SK, string("pauses"));

    private static final String REASON = "reason";
    private static final String CALLER = "caller";
    private static final String SINCE = "since";
    private static final String UNTIL = "until";

    private PauseItem() {}

    /** Returns the attribute of a pause. */
    public static AttributeValue of(Pause pause) {
        return AttributeValue.fromM(Map.of(
                REASON, string(pause.reason()),
                CALLER, string(pause.caller()),
                SINCE, string(pause.since().toString()),
                UNTIL, string(pause.until().toString())));
    }

    /** Returns the pause of an attribute. */
    public static Pause read(PauseScope scope, AttributeValue attribute) {
        Map<String, AttributeValue> values = attribute.m();
        return new Pause(
                scope,
                string(values, REASON),
                string(values, CALLER),
                Attributes.time(values, SINCE),
                Attributes.time(values, UNTIL));
    }

    /** Returns the pauses of the item. */
    public static List<Pause> read(Map<String, AttributeValue> item) {
        return item.entrySet().stream()
                .filter(attribute -> !KEY.containsKey(attribute.getKey()))
                .map(attribute -> read(PauseScope.of(attribute.getKey()), attribute.getValue()))
                .toList();
    }
}
