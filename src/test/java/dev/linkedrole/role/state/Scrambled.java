package dev.linkedrole.role.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Rewrites a policy without a change of meaning: lists and members in another order, a single value for a list of one
 * or the reverse, and white space.
 */
public record Scrambled(Random random) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Elements in which the policy language takes one value or a list. */
    private static final Set<String> ONE_OR_MORE =
            Set.of("Statement", "Action", "Resource", "Service", "cloudwatch:namespace");

    public String of(String policy) throws JsonProcessingException {
        JsonNode scrambled = scramble(JSON.readTree(policy));
        return random.nextBoolean() ? scrambled.toString() : scrambled.toPrettyString();
    }

    private JsonNode scramble(JsonNode node) {
        return switch (node) {
            case ArrayNode list -> shuffled(list);
            case ObjectNode members -> shuffled(members);
            default -> node;
        };
    }

    private JsonNode shuffled(ArrayNode list) {
        List<JsonNode> elements = new ArrayList<>();
        list.forEach(element -> elements.add(scramble(element)));
        Collections.shuffle(elements, random);
        return JsonNodeFactory.instance.arrayNode().addAll(elements);
    }

    private JsonNode shuffled(ObjectNode members) {
        List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(members.properties());
        Collections.shuffle(entries, random);
        ObjectNode shuffled = JsonNodeFactory.instance.objectNode();
        entries.forEach(entry -> shuffled.set(entry.getKey(), respelled(entry.getKey(), scramble(entry.getValue()))));
        return shuffled;
    }

    private JsonNode respelled(String name, JsonNode value) {
        if (!ONE_OR_MORE.contains(name) || random.nextBoolean()) {
            return value;
        }
        if (!value.isArray()) {
            return JsonNodeFactory.instance.arrayNode().add(value);
        }
        return value.size() == 1 ? value.get(0) : value;
    }
}
