package dev.linkedrole.ledger.dynamodb.item;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Size of an item in bytes as DynamoDB counts it.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">Item
 *     sizes and formats</a>
 */
public final class ItemSize {

    private static final int COLLECTION = 3;
    private static final int ELEMENT = 1;

    /** Maximum size of a number. */
    private static final int NUMBER = 21;

    private ItemSize() {}

    public static int of(Map<String, AttributeValue> item) {
        return item.entrySet().stream()
                .mapToInt(entry -> of(entry.getKey()) + of(entry.getValue()))
                .sum();
    }

    private static int of(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static int of(AttributeValue value) {
        return switch (value.type()) {
            case S -> of(value.s());
            case N -> NUMBER;
            case M -> COLLECTION + value.m().size() * ELEMENT + of(value.m());
            case L ->
                COLLECTION
                        + value.l().stream()
                                .mapToInt(element -> ELEMENT + of(element))
                                .sum();
            case SS -> value.ss().stream().mapToInt(ItemSize::of).sum();
            default -> 1;
        };
    }
}
