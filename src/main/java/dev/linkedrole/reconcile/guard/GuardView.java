package dev.linkedrole.reconcile.guard;

import dev.linkedrole.role.guard.Acceptance;
import dev.linkedrole.role.guard.HeldChange;
import dev.linkedrole.role.guard.RoleRules;
import dev.linkedrole.role.identity.LedgerOrigin;
import dev.linkedrole.role.state.PolicyCompiler;
import java.util.Optional;

/**
 * A replica's view of the accepted settings.
 *
 * @param status the relation of its own settings to the accepted ones
 * @param rules the rules in force
 * @param compiler their compiler, with the one that is held
 * @param acceptance the acceptance, as the ledger had it last; empty before it was read
 * @param change the change that is held; empty if none is
 */
public record GuardView(
        Status status,
        RoleRules rules,
        PolicyCompiler compiler,
        Optional<Acceptance> acceptance,
        Optional<HeldChange> change) {

    /** Relations of a replica's own settings to the accepted ones. */
    public enum Status {
        /** The accepted settings were not read yet, and nothing is written to IAM. */
        UNREAD,
        /** The own settings are accepted. */
        IN_FORCE,
        /** The own settings are held; roles are as accepted. */
        HELD,
        /** The own settings were accepted, until another replica's were: roles are as those say. */
        REPLACED
    }

    /** Returns the verdict on the ledger under which roles are written: they only grow if their catalog is unknown. */
    LedgerOrigin origin(LedgerOrigin origin) {
        return origin instanceof LedgerOrigin.Own
                        && change.filter(held -> !held.readable()).isPresent()
                ? new LedgerOrigin.CatalogUnknown(acceptance.orElseThrow().at())
                : origin;
    }

    GuardView counted(HeldChange counted) {
        return new GuardView(status, rules, compiler, acceptance, Optional.of(counted));
    }
}
