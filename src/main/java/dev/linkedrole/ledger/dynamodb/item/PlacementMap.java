package dev.linkedrole.ledger.dynamodb.item;

import dev.linkedrole.role.packing.Placement;
import dev.linkedrole.role.packing.PolicySlot;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Format of a placement in the table: for each policy's number, the keys of its statements, joined by spaces. */
public final class PlacementMap {

    private PlacementMap() {}

    public static AttributeValue of(Placement placement) {
        Map<String, AttributeValue> slots = new HashMap<>();
        placement
                .keys()
                .forEach((slot, keys) ->
                        slots.put(Integer.toString(slot.number()), Attributes.string(String.join(" ", keys))));
        return AttributeValue.fromM(slots);
    }

    static Placement read(Map<String, AttributeValue> values) {
        SortedMap<PolicySlot, SortedSet<String>> slots = new TreeMap<>();
        values.forEach((number, keys) -> slots.put(new PolicySlot(Integer.parseInt(number)), keys(keys.s())));
        return new Placement(slots);
    }

    private static SortedSet<String> keys(String joined) {
        SortedSet<String> keys = new TreeSet<>();
        for (String key : joined.split(" ", -1)) {
            if (!key.isEmpty()) {
                keys.add(key);
            }
        }
        return keys;
    }
}
