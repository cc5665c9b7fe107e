package dev.linkedrole.ledger;

import dev.linkedrole.role.Home;
import dev.linkedrole.role.Placement;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A placement as the table has it: the number of each policy to the keys of what is in it, joined by spaces. */
final class PlacementMap {

    private PlacementMap() {}

    static AttributeValue of(Placement placement) {
        Map<String, AttributeValue> homes = new HashMap<>();
        placement
                .keys()
                .forEach((home, keys) ->
                        homes.put(Integer.toString(home.number()), Attributes.string(String.join(" ", keys))));
        return AttributeValue.fromM(homes);
    }

    static Placement read(Map<String, AttributeValue> values) {
        SortedMap<Home, SortedSet<String>> homes = new TreeMap<>();
        values.forEach((number, keys) -> homes.put(new Home(Integer.parseInt(number)), keys(keys.s())));
        return new Placement(homes);
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
