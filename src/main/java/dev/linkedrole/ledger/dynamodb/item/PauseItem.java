package dev.linkedrole.ledger.dynamodb.item;

import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;

import dev.linkedrole.role.pause.Pause;
import dev.linkedrole.role.pause.PauseScope;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Item of a pause: {@code pk} = {@code pauses}, {@code sk} = its scope, and so at most one for each scope. */
public final class PauseItem {

    public static final String PARTITION = "pauses";

    private static final String REASON = "reason";
    private static final String CALLER = "caller";
    private static final String SINCE = "since";
    private static final String UNTIL = "until";

    private PauseItem() {}

    public static Map<String, AttributeValue> key(PauseScope scope) {
        return Map.of(Attributes.PK, string(PARTITION), Attributes.SK, string(scope.text()));
    }

    public static Map<String, AttributeValue> of(Pause pause) {
        Map<String, AttributeValue> item = new HashMap<>(key(pause.scope()));
        item.put(REASON, string(pause.reason()));
        item.put(CALLER, string(pause.caller()));
        item.put(SINCE, string(pause.since().toString()));
        item.put(UNTIL, string(pause.until().toString()));
        return item;
    }

    public static Pause read(Map<String, AttributeValue> item) {
        return new Pause(
                PauseScope.of(string(item, Attributes.SK)),
                string(item, REASON),
                string(item, CALLER),
                Attributes.time(item, SINCE),
                Attributes.time(item, UNTIL));
    }
}
