package dev.linkedrole.role.identity;

import dev.linkedrole.role.model.LinkedRole;
import java.time.Instant;
import java.util.Optional;

/**
 * Verdict on whether the ledger has always been in its table, or was copied there from a backup. A restored ledger
 * lacks grants that were recorded after the backup; so roles only grow until an operator confirms it.
 */
public sealed interface LedgerOrigin {

    /** The ledger was written in its present table, or nothing is known to the contrary. */
    record Own() implements LedgerOrigin {}

    /** The ledger's table was not read yet, or is missing: handled as cautiously as a restored ledger. */
    record Unknown() implements LedgerOrigin {}

    /**
     * The catalog by which the recorded roles were granted their permissions is not known.
     *
     * @param since time from which this is known; an operator's confirmation of a role counts if it is not older
     */
    record CatalogUnknown(Instant since) implements LedgerOrigin {}

    /**
     * The ledger was written in another table.
     *
     * @param table the identity of the present one
     * @param recorded the identity of the table in which it was written
     * @param since a time not before it was restored; an operator's confirmation of a role counts if it is not older
     */
    record Restored(String table, String recorded, Instant since) implements LedgerOrigin {}

    /**
     * The table that a ledger names as its own, in an item of the ledger.
     *
     * @param table the id
     * @param since time of an operator's statement that the ledger is restored, if there is one
     */
    record Recorded(String table, Optional<Instant> since) {}

    /**
     * Returns the verdict on a table and the name recorded in it; a new ledger, or one of an earlier version, names
     * none.
     */
    static LedgerOrigin of(TableIdentity table, Optional<Recorded> recorded) {
        return recorded.filter(known -> !known.table().equals(table.id()))
                .<LedgerOrigin>map(
                        known -> new Restored(table.id(), known.table(), latest(table.createdAt(), known.since())))
                .orElseGet(Own::new);
    }

    private static Instant latest(Instant created, Optional<Instant> said) {
        return said.filter(at -> at.isAfter(created)).orElse(created);
    }

    /** True if the role must not lose permissions, since no operator has confirmed its record after the restore. */
    default boolean onlyGrows(LinkedRole role) {
        return switch (this) {
            case Own own -> false;
            case Unknown unknown -> true;
            case CatalogUnknown unknown -> notAdopted(role, unknown.since());
            case Restored restored -> notAdopted(role, restored.since());
        };
    }

    private static boolean notAdopted(LinkedRole role, Instant since) {
        return role.adoptedAt().filter(word -> !word.isBefore(since)).isEmpty();
    }

    /** Returns the given time, or a later one that is valid for an operator's confirmation. */
    default Instant notBefore(Instant word) {
        return this instanceof Restored restored && restored.since().isAfter(word) ? restored.since() : word;
    }

    /** Returns the verdict as a clause whose subject is the ledger. */
    default String sentence() {
        return switch (this) {
            case Own own -> "the ledger has been in its table from the beginning";
            case Unknown unknown -> "it is not known whether the ledger was restored from a backup";
            case CatalogUnknown unknown ->
                "the catalog that was accepted last is not known, and another one is held (GET /api/plan)";
            case Restored restored ->
                "the ledger was restored from a backup: it was written in the table " + restored.recorded()
                        + " and is in the table " + restored.table();
        };
    }
}
