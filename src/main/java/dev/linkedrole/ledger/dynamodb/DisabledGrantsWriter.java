package dev.linkedrole.ledger.dynamodb;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.ledger.dynamodb.item.DisabledItem;
import dev.linkedrole.ledger.dynamodb.item.GrantKey;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.GrantWrite;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.LinkedRole;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Writes of the grants that a recording disables: an item for each grant, or a few lists if the transaction has no room
 * for so many items.
 */
public final class DisabledGrantsWriter {

    /** Maximum size of one list in bytes; an item has at most 400 KB. */
    private static final int MAX_BYTES = 300_000;

    /** Bytes of a list's entry beside the grant: the time and JSON around it. */
    private static final int AROUND = 30;

    private final List<TransactWriteItem> items = new ArrayList<>();
    private final List<String> lists = new ArrayList<>();

    /**
     * @param after the state that is recorded, if it differs
     * @param room number of items that the transaction has room for
     */
    DisabledGrantsWriter(String table, RoleRecord before, Optional<LinkedRole> after, int room) {
        InstanceId instance = before.role().instance().id();
        SortedMap<Grant, GrantWrite> disabled =
                after.map(role -> disabled(before.role(), role)).orElseGet(TreeMap::new);
        if (disabled.size() <= room) {
            disabled.forEach((grant, grantWrite) -> items.add(DisabledItem.put(table, instance, grant, grantWrite)));
            return;
        }
        for (SortedMap<Grant, GrantWrite> part : parts(disabled)) {
            String name = DisabledItem.list(before.revision() + 1, lists.size());
            lists.add(name);
            items.add(DisabledItem.putList(table, instance, name, part));
        }
    }

    /** Returns the grants that are disabled in one state and were not, or at another time, in the state before it. */
    public static SortedMap<Grant, GrantWrite> disabled(LinkedRole before, LinkedRole after) {
        SortedMap<Grant, GrantWrite> disabled = new TreeMap<>(after.disabled());
        disabled.entrySet()
                .removeIf(entry -> entry.getValue().equals(before.grantWrites().get(entry.getKey())));
        return disabled;
    }

    private static List<SortedMap<Grant, GrantWrite>> parts(SortedMap<Grant, GrantWrite> disabled) {
        List<SortedMap<Grant, GrantWrite>> parts = new ArrayList<>();
        int bytes = MAX_BYTES;
        for (Map.Entry<Grant, GrantWrite> entry : disabled.entrySet()) {
            int more = GrantKey.of(entry.getKey()).getBytes(StandardCharsets.UTF_8).length + AROUND;
            bytes += more;
            if (bytes > MAX_BYTES) {
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

    /** Returns the names of the lists; none if there are items only. */
    List<String> lists() {
        return lists;
    }
}
