package dev.linkedrole.api.view;

import dev.linkedrole.role.identity.LedgerOrigin;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * JSON view of the ledger as a whole.
 *
 * @param restored true if it was restored from a backup and not adopted yet, so that permissions are only added
 * @param table the identity of its table, which the request to adopt it names; empty if it is unknown, or the ledger is
 *     not restored
 * @param detail the verdict as a sentence
 */
@Schema(description = "The ledger, and whether it was restored from a backup")
public record LedgerView(boolean restored, String table, String detail) {

    public static LedgerView of(LedgerOrigin origin) {
        return switch (origin) {
            case LedgerOrigin.Restored restored -> new LedgerView(true, restored.table(), origin.sentence());
            case LedgerOrigin.Own own -> new LedgerView(false, "", origin.sentence());
            case LedgerOrigin.CatalogUnknown unknown -> new LedgerView(false, "", origin.sentence());
            case LedgerOrigin.Unknown unknown -> new LedgerView(false, "", origin.sentence());
        };
    }
}
