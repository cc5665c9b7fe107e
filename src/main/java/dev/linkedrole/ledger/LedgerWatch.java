package dev.linkedrole.ledger;

import dev.linkedrole.retry.FailureText;
import dev.linkedrole.role.identity.LedgerOrigin;
import dev.linkedrole.role.identity.TableIdentity;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watch of the table that the ledger is in. A ledger names its table in an item of its own. A copy in another table
 * still names the first one, and is a restored ledger until an operator adopts it.
 */
public final class LedgerWatch {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerWatch.class);

    private final LedgerTable table;
    private volatile LedgerOrigin origin = new LedgerOrigin.Unknown();

    public LedgerWatch(LedgerTable table) {
        this.table = table;
    }

    /** Returns the verdict of the latest check. */
    public LedgerOrigin origin() {
        return origin;
    }

    /**
     * Checks the table. A ledger that names no table is made to name the present one; a ledger that names another is
     * left unchanged.
     *
     * @return the verdict; the earlier one if the check failed. Never fails
     */
    public Uni<LedgerOrigin> check() {
        return table.identity()
                .flatMap(found ->
                        found.map(this::check).orElseGet(() -> Uni.createFrom().item(withoutIdentity())))
                .onFailure()
                .recoverWithItem(this::unanswered)
                .invoke(this::found);
    }

    private Uni<LedgerOrigin> check(TableIdentity found) {
        return table.recorded()
                .flatMap(recorded -> recorded.isPresent()
                        ? Uni.createFrom().item(LedgerOrigin.of(found, recorded))
                        : table.record(found.id(), Optional.empty())
                                .flatMap(done -> done
                                        ? Uni.createFrom().item(new LedgerOrigin.Own())
                                        : table.recorded().map(others -> LedgerOrigin.of(found, others))));
    }

    /**
     * Verdict for a table without an identity: it counts as the ledger itself and not as a copy; an earlier verdict
     * stays.
     */
    private LedgerOrigin withoutIdentity() {
        return origin instanceof LedgerOrigin.Restored ? origin : new LedgerOrigin.Own();
    }

    /**
     * Verdict after a failed check. While a table is missing, another one may be created in its place. Any other
     * failure says nothing about the table.
     */
    private LedgerOrigin unanswered(Throwable failure) {
        LOG.atDebug().log("The ledger's table could not be checked: {}", FailureText.of(failure));
        return failure instanceof LedgerTable.NoTableException ? new LedgerOrigin.Unknown() : origin;
    }

    private void found(LedgerOrigin now) {
        LedgerOrigin before = origin;
        origin = now;
        if (now instanceof LedgerOrigin.Restored restored && !now.equals(before)) {
            LOG.atWarn()
                    .addKeyValue("table", restored.table())
                    .log(
                            "Roles only grow until an operator adopts the ledger (POST /api/ledger/adopt) or a role, since {}",
                            now.sentence());
        } else if (before instanceof LedgerOrigin.Restored && now instanceof LedgerOrigin.Own) {
            LOG.atInfo().log("The restored ledger is adopted: roles become what is recorded of them");
        }
    }

    /**
     * Records an operator's confirmation of a restored ledger: roles become as recorded. A repeated confirmation
     * changes nothing.
     *
     * @param id id of the present table, so that a confirmation of another restore does not count for this one
     * @return the verdict from now on; fails with {@link OtherTableException} if the ledger is in another table
     */
    public Uni<LedgerOrigin> adopt(String id) {
        return table.identity()
                .map(found -> found.filter(present -> present.id().equals(id))
                        .orElseThrow(() -> new OtherTableException(id, found)))
                .flatMap(present -> table.recorded()
                        .flatMap(recorded -> LedgerOrigin.of(present, recorded) instanceof LedgerOrigin.Own
                                ? Uni.createFrom().item(true)
                                : table.record(id, recorded.map(LedgerOrigin.Recorded::table))))
                .chain(() -> check());
    }

    /** An operator confirmed another table than the present one. */
    public static final class OtherTableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OtherTableException(String said, Optional<TableIdentity> found) {
            super(
                    "the ledger is in the table " + found.map(TableIdentity::id).orElse("without an identity")
                            + ", not in " + said,
                    null,
                    false,
                    false);
        }
    }
}
