package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.apply.ReconcileMode;
import dev.linkedrole.reconcile.apply.RoleState;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.state.DesiredRole;
import java.util.Optional;

/** A stage of the reconciliation of one role. Each stage leads to another one, and at last to {@link Done}. */
sealed interface ReconcileStage {

    /**
     * One attempt of the reconciliation.
     *
     * @param number its number, from 1
     * @param settled the result of the reconciliation, if it is known already
     */
    record Attempt(RoleRecord record, ReconcileMode mode, int number, Optional<Reconciliation> settled) {

        Attempt with(RoleRecord same) {
            return new Attempt(same, mode, number, settled);
        }

        /** Returns the next attempt, on a newer record. */
        Attempt next(RoleRecord newer, ReconcileMode newMode) {
            return new Attempt(newer, newMode, number + 1, settled);
        }

        Attempt settledAs(Reconciliation reconciliation) {
            return new Attempt(record, mode, number, settled.or(() -> Optional.of(reconciliation)));
        }

        Done done(Reconciliation reconciliation) {
            return new Done(settled.orElse(reconciliation));
        }
    }

    /** Acknowledges the events that changed nothing, since the role is in force already. */
    record Answer(Attempt attempt) implements ReconcileStage {}

    /** Makes IAM match the record. */
    record Write(Attempt attempt) implements ReconcileStage {}

    /** Marks the revision as applied in the ledger, which reports whether the record is still the newest. */
    record Check(Attempt attempt, DesiredRole desired, RoleState state) implements ReconcileStage {}

    /** Records in the ledger the part that IAM accepted. */
    record RecordPartial(Attempt attempt, DesiredRole desired, RoleState state) implements ReconcileStage {}

    /** Records in the ledger the condition that prevents any change. */
    record Block(Attempt attempt, Condition condition) implements ReconcileStage {}

    /**
     * Reads the record again, since it is no longer the newest.
     *
     * @param mode mode of the next attempt
     */
    record Reload(Attempt attempt, ReconcileMode mode) implements ReconcileStage {}

    /** The reconciliation has ended. */
    record Done(Reconciliation reconciliation) implements ReconcileStage {}
}
