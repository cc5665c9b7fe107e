package dev.linkedrole.api.view;

import dev.linkedrole.role.identity.LedgerOrigin;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The ledger as a whole.
 *
 * @param restored whether it was restored from a backup and not adopted yet, so that roles only grow
 * @param table the identity of the table that it is in, which the word to adopt it names; empty if it is not known, or not restored
 * @param detail the verdict as a sentence
 */
@Schema(description = "The ledger, and whether it was restored from a backup")
public record LedgerView(boolean restored, String table, String detail) {

    public static LedgerView of(LedgerOrigin origin) {
        return switch (origin) {
            case LedgerOrigin.Restored restored -> new LedgerView(true, restored.table(), origin.sentence());
            case LedgerOrigin.Own own -> new LedgerView(false, "", origin.sentence());
            case LedgerOrigin.Unknown unknown -> new LedgerView(false, "", origin.sentence());
        };
    }
}
