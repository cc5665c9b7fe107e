package dev.linkedrole.ledger.dynamodb;

import dev.linkedrole.ledger.DecidedEvent;
import dev.linkedrole.ledger.RecordResult;
import dev.linkedrole.ledger.dynamodb.item.ItemSize;
import dev.linkedrole.ledger.dynamodb.item.RoleItem;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Bound of a role's record, checked before DynamoDB would reject an item of more than 400 KB. Pending acknowledgements
 * may take 160 KB of it, and conditions, digests and names the rest.
 */
final class RecordSize {

    static final int MAX_BYTES = 230_000;

    /** Bytes of a grant's placement. */
    private static final int PLACEMENT = 40;

    private RecordSize() {}

    /** Returns results if this state is too large to record: the last of the events that enlarged it is rejected. */
    static Optional<List<RecordResult>> rejecting(List<DecidedEvent> events, Optional<LinkedRole> after) {
        int size = after.map(RecordSize::of).orElse(0);
        if (size <= MAX_BYTES) {
            return Optional.empty();
        }
        for (int i = events.size() - 1; i >= 0; i--) {
            DecidedEvent decided = events.get(i);
            if (decided.event() instanceof RoleEvent.FeatureEnabled && decided.changes()) {
                List<RecordResult> recordings =
                        new ArrayList<>(Collections.nCopies(events.size(), RecordResult.CONFLICT));
                recordings.set(i, new RecordResult.TooLarge(size + " bytes, of at most " + MAX_BYTES));
                return Optional.of(recordings);
            }
        }
        return Optional.empty();
    }

    private static int of(LinkedRole role) {
        return ItemSize.of(RoleItem.desired(role)) + PLACEMENT * role.enabled().size();
    }
}
