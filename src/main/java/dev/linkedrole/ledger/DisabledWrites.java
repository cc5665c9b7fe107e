package dev.linkedrole.ledger;

import dev.linkedrole.role.Grant;
import dev.linkedrole.role.InstanceId;
import dev.linkedrole.role.LinkedRole;
import dev.linkedrole.role.Mark;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The writes of what a recording disables: an item for each grant, or a few lists where the transaction has no room for so many. */
final class DisabledWrites {

    /** The bytes of one list, which is an item of at most 400 KB. */
    private static final int MOST_BYTES = 300_000;

    /** For the time and what is around it. */
    private static final int AROUND = 30;

    private final List<TransactWriteItem> items = new ArrayList<>();
    private final List<String> lists = new ArrayList<>();

    /**
     * @param after the state that is recorded, if it is another one
     * @param room how many items more the transaction may have
     */
    DisabledWrites(String table, RoleRecord before, Optional<LinkedRole> after, int room) {
        InstanceId instance = before.role().instance().id();
        SortedMap<Grant, Mark> disabled =
                after.map(role -> disabled(before.role(), role)).orElseGet(TreeMap::new);
        if (disabled.size() <= room) {
            disabled.forEach((grant, mark) -> items.add(DisabledItem.put(table, instance, grant, mark)));
            return;
        }
        for (SortedMap<Grant, Mark> part : parts(disabled)) {
            String name = DisabledItem.list(before.revision() + 1, lists.size());
            lists.add(name);
            items.add(DisabledItem.putList(table, instance, name, part));
        }
    }

    /** What is disabled in one state, and not or not at that time in the one before it. */
    static SortedMap<Grant, Mark> disabled(LinkedRole before, LinkedRole after) {
        SortedMap<Grant, Mark> disabled = new TreeMap<>(after.disabled());
        disabled.entrySet()
                .removeIf(entry -> entry.getValue().equals(before.marks().get(entry.getKey())));
        return disabled;
    }

    private static List<SortedMap<Grant, Mark>> parts(SortedMap<Grant, Mark> disabled) {
        List<SortedMap<Grant, Mark>> parts = new ArrayList<>();
        int bytes = MOST_BYTES;
        for (Map.Entry<Grant, Mark> entry : disabled.entrySet()) {
            int more = GrantKey.of(entry.getKey()).getBytes(StandardCharsets.UTF_8).length + AROUND;
            bytes += more;
            if (bytes > MOST_BYTES) {
                parts.add(new TreeMap<>());
                bytes = more;
            }
            parts.getLast().put(entry.getKey(), entry.getValue());
        }
        return parts;
    }

    List<TransactWriteItem> items() {
        return items;
    }

    /** The names of the lists, if there are any. */
    List<String> lists() {
        return lists;
    }
}
