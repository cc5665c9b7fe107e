package dev.linkedrole.ledger;

import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.InvalidValueException;
import java.util.List;

/**
 * One sixteenth of all instances: those whose ids begin with the same digit.
 *
 * @param digit from 0 to f
 */
public record Shard(String digit) {

    /** All shards, in the order of the ids. */
    public static final List<Shard> ALL =
            List.of("0123456789abcdef".split("")).stream().map(Shard::new).toList();

    /**
     * @throws InvalidValueException if it is no hexadecimal digit
     */
    public Shard {
        if (!digit.matches("[0-9a-f]")) {
            throw new InvalidValueException("a shard is named by one hexadecimal digit");
        }
    }

    public boolean has(InstanceId instance) {
        return instance.value().startsWith(digit);
    }
}
