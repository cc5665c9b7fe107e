package dev.linkedrole.ledger;

import dev.linkedrole.role.identity.LedgerOrigin;
import dev.linkedrole.role.identity.TableIdentity;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** The ledger's table as such, and the item in which the ledger names the table that it is in. */
public interface LedgerTable {

    /**
     * The identity of the table.
     *
     * @return empty if the store has none; fails with {@link NoTableException} while there is no such table, or it is being made
     */
    Uni<Optional<TableIdentity>> identity();

    /** The table that the ledger names; empty in a new ledger, or one of an earlier version. */
    Uni<Optional<LedgerOrigin.Recorded>> recorded();

    /**
     * Names a table in the ledger, if what it names is still this.
     *
     * @param before empty if it names none
     * @return false if it names another by now, in which case nothing is written
     */
    Uni<Boolean> record(String table, Optional<String> before);

    /** There is no table to be asked. */
    final class NoTableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public NoTableException(String table, String why) {
            super("the table " + table + " " + why, null, false, false);
        }
    }
}
