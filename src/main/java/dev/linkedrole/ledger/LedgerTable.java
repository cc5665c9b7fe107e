package dev.linkedrole.ledger;

import dev.linkedrole.role.identity.LedgerOrigin;
import dev.linkedrole.role.identity.TableIdentity;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Port to the ledger's table, and to the item in which the ledger names its table. */
public interface LedgerTable {

    /**
     * Reads the identity of the table.
     *
     * @return empty if the store has none; fails with {@link NoTableException} while the table does not exist or is
     *     being created
     */
    Uni<Optional<TableIdentity>> identity();

    /** Reads the table that the ledger names; empty in a new ledger, or one of an earlier version. */
    Uni<Optional<LedgerOrigin.Recorded>> recorded();

    /**
     * Names a table in the ledger, if the named one is unchanged.
     *
     * @param before empty if it names none
     * @return false if the ledger names another by now; then nothing is written
     */
    Uni<Boolean> record(String table, Optional<String> before);

    /** The table does not exist. */
    final class NoTableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public NoTableException(String table, String why) {
            super("the table " + table + " " + why, null, false, false);
        }
    }
}
