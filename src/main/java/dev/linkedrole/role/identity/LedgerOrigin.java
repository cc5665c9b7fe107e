package dev.linkedrole.role.identity;

import dev.linkedrole.role.model.LinkedRole;
import java.time.Instant;
import java.util.Optional;

/**
 * Verdict on whether the ledger has been in its table from the beginning, or was put there from a backup. A restored ledger does not know
 * what was granted after the backup: while no operator has said that it is to be gone by, roles only grow.
 */
public sealed interface LedgerOrigin {

    /** The ledger was written in the table that it is in, or nothing is known that says otherwise. */
    record Own() implements LedgerOrigin {}

    /** The ledger's table was not read yet, or is missing: treated as cautiously as a restored one. */
    record Unknown() implements LedgerOrigin {}

    /**
     * The ledger was written in another table.
     *
     * @param table the identity of the present one
     * @param recorded the identity of the table in which it was written
     * @param since a time not before it was restored; an operator's confirmation of a role counts if it is not older
     */
    record Restored(String table, String recorded, Instant since) implements LedgerOrigin {}

    /**
     * The identity of the table that a ledger names as its own, in the ledger itself.
     *
     * @param table the id
     * @param since when it was said that the ledger is restored, where a person has said so
     */
    record Recorded(String table, Optional<Instant> since) {}

    /** The verdict on a table and what is recorded in it; nothing is in a ledger that is new, or of an earlier version. */
    static LedgerOrigin of(TableIdentity table, Optional<Recorded> recorded) {
        return recorded.filter(known -> !known.table().equals(table.id()))
                .<LedgerOrigin>map(
                        known -> new Restored(table.id(), known.table(), latest(table.createdAt(), known.since())))
                .orElseGet(Own::new);
    }

    private static Instant latest(Instant created, Optional<Instant> said) {
        return said.filter(at -> at.isAfter(created)).orElse(created);
    }

    /** True if a role must lose nothing: no operator has confirmed since that it is to be as recorded. */
    default boolean onlyGrows(LinkedRole role) {
        return switch (this) {
            case Own own -> false;
            case Unknown unknown -> true;
            case Restored restored ->
                role.adoptedAt()
                        .filter(word -> !word.isBefore(restored.since()))
                        .isEmpty();
        };
    }

    /** A time late enough for an operator's confirmation. */
    default Instant notBefore(Instant word) {
        return this instanceof Restored restored && restored.since().isAfter(word) ? restored.since() : word;
    }

    /** The verdict as a sentence without a subject that is the role. */
    default String sentence() {
        return switch (this) {
            case Own own -> "the ledger has been in its table from the beginning";
            case Unknown unknown -> "it is not known whether the ledger was restored from a backup";
            case Restored restored ->
                "the ledger was restored from a backup: it was written in the table " + restored.recorded()
                        + " and is in the table " + restored.table();
        };
    }
}
