package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.AppliedChange;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.plan.Difference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Log of facts about a role for operators that no event causes: drift, conditions, and their end. */
public final class RoleLog {

    private static final Logger LOG = LoggerFactory.getLogger(RoleLog.class);

    private RoleLog() {}

    /**
     * Logs changes by others to a role that had been right; they were repaired, and that is recorded. Contested
     * components are reported by the condition.
     */
    static void applied(RoleRecord record, RoleName role, AppliedChange application) {
        boolean contested = application.repairs().contest(application.drift());
        if (!application.drift().isEmpty() && !contested) {
            line(Level.WARN, record, role)
                    .addKeyValue(
                            "components",
                            application.drift().stream()
                                    .map(Difference::component)
                                    .distinct()
                                    .toList())
                    .log("Drift: somebody else had changed the role, and it was put right: {}", application.steps());
        }
    }

    /** Logs the result of a comparison with IAM. A condition that the role has had before is not logged again. */
    public static void compared(RoleRecord record, Reconciliation reconciliation) {
        switch (reconciliation) {
            case Reconciliation.Blocked blocked -> {
                // A pause is logged once for all its roles.
                if (!has(record, blocked.condition().type())
                        && blocked.condition().type() != Condition.Type.Paused) {
                    line(Level.WARN, record, blocked.role())
                            .addKeyValue("condition", blocked.condition().type())
                            .log("Blocked: {}", blocked.condition().detail());
                }
            }
            case Reconciliation.InForce inForce ->
                record.conditions().stream()
                        .map(Condition::type)
                        .filter(RoleLog::keepsFromForce)
                        .forEach(over -> line(Level.INFO, record, inForce.role())
                                .addKeyValue("condition", over)
                                .log("In force again: nothing holds the role any more"));
        }
    }

    private static boolean has(RoleRecord record, Condition.Type type) {
        return record.conditions().stream().anyMatch(known -> known.type() == type);
    }

    /** True for conditions that keep a role from being as recorded; others are seen on a role that is in force. */
    public static boolean keepsFromForce(Condition.Type type) {
        return type != Condition.Type.PolicyTooLarge
                && type != Condition.Type.GrantNotInCatalog
                && type != Condition.Type.ChangeHeld
                && type != Condition.Type.RoleNameTaken;
    }

    private static LoggingEventBuilder line(Level level, RoleRecord record, RoleName role) {
        return LOG.atLevel(level)
                .addKeyValue("instance", record.role().instance().id())
                .addKeyValue("role", role);
    }
}
