package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.apply.ReconcileMode;
import dev.linkedrole.reconcile.apply.RoleState;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.state.DesiredRole;
import java.util.Optional;

/** A stage of the reconciliation of one role. Each leads to another one, and in the end to {@link Done}. */
sealed interface ReconcileStage {

    /**
     * One attempt.
     *
     * @param number of how many it is the last, from 1
     * @param settled the result of the reconciliation, if it is known already
     */
    record Attempt(RoleRecord record, ReconcileMode basis, int number, Optional<Reconciliation> settled) {

        Attempt with(RoleRecord same) {
            return new Attempt(same, basis, number, settled);
        }

        /** The next one, on a newer record. */
        Attempt next(RoleRecord newer, ReconcileMode onBasis) {
            return new Attempt(newer, onBasis, number + 1, settled);
        }

        Attempt settledAs(Reconciliation reconciliation) {
            return new Attempt(record, basis, number, settled.or(() -> Optional.of(reconciliation)));
        }

        Done done(Reconciliation reconciliation) {
            return new Done(settled.orElse(reconciliation));
        }
    }

    /** Acknowledges the events that changed nothing, since the role is in force already. */
    record Answer(Attempt attempt) implements ReconcileStage {}

    /** IAM is made to have what the record says. */
    record Write(Attempt attempt) implements ReconcileStage {}

    /** Marks the revision as applied in the ledger, which reports whether the record is still the newest. */
    record Check(Attempt attempt, DesiredRole desired, RoleState state) implements ReconcileStage {}

    /** Records in the ledger the part that IAM let through. */
    record HoldHalfway(Attempt attempt, DesiredRole desired, RoleState state) implements ReconcileStage {}

    /** Records in the ledger why nothing could be done. */
    record Block(Attempt attempt, Condition condition) implements ReconcileStage {}

    /**
     * The record is not the newest any more.
     *
     * @param basis the most that the next attempt may assume
     */
    record Reload(Attempt attempt, ReconcileMode basis) implements ReconcileStage {}

    /** The role is as far as it can be brought now. */
    record Done(Reconciliation reconciliation) implements ReconcileStage {}
}
