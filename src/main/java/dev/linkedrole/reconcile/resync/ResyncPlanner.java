package dev.linkedrole.reconcile.resync;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.apply.DesiredRoles;
import dev.linkedrole.reconcile.apply.HeldCondition;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.ExpectedFingerprint;
import dev.linkedrole.role.state.PolicyArns;
import dev.linkedrole.role.state.PolicyCompiler;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Decides from a role's record how the role has to be compared with IAM. */
public final class ResyncPlanner {

    /** Conditions that a role may have although it is as recorded. */
    private static final Set<Condition.Type> NO_HINDRANCE =
            EnumSet.of(Condition.Type.PolicyTooLarge, Condition.Type.GrantNotInCatalog, Condition.Type.ChangeHeld);

    private static final int CALLS_FOR_ROLE = 3;
    private static final int CALLS_FOR_POLICY = 2;

    private final Supplier<PolicyCompiler> compilers;
    private final Duration quietPeriod;

    /** @param quietPeriod time after its deletion during which a role is still read in IAM */
    public ResyncPlanner(Supplier<PolicyCompiler> compilers, Duration quietPeriod) {
        this.compilers = compilers;
        this.quietPeriod = quietPeriod;
    }

    ResyncCheck of(RoleRecord record, Instant now) {
        if (isQuiet(record, now)) {
            return new ResyncCheck.Nothing();
        }
        ResyncCheck.Look look = new ResyncCheck.Look(record.role().instance());
        // Scans record nothing, so a repaired role is read by itself until it is found right.
        if (!record.settled()
                || !record.pendingAcknowledgements().isEmpty()
                || !record.repairs().runs().isEmpty()) {
            return look;
        }
        PolicyCompiler compiler = compilers.get();
        return switch (DesiredRoles.compile(compiler, record)) {
            case DesiredRole.NotYet notYet -> new ResyncCheck.Nothing();
            case DesiredRole.Gone gone -> record.conditions().isEmpty() ? glance(compiler, record, gone) : look;
            case DesiredRole.Present desired ->
                isAsKnown(record, desired) && saysWhatIsHeld(compiler, record) ? glance(record, desired) : look;
        };
    }

    /** True if a deleted role was not created again in the time in which a slow replica might have done so. */
    boolean isQuiet(RoleRecord record, Instant now) {
        return record.role().deleted()
                && record.settled()
                && record.pendingAcknowledgements().isEmpty()
                && record.conditions().isEmpty()
                && record.changedAt().plus(quietPeriod).isBefore(now);
    }

    /** True unless the catalog or the settings have changed, or a condition keeps the role from being as desired. */
    private static boolean isAsKnown(RoleRecord record, DesiredRole.Present desired) {
        Set<Condition.Type> conditions =
                record.conditions().stream().map(Condition::type).collect(Collectors.toSet());
        return record.roleArn().isPresent()
                && record.applied().filter(desired.fingerprint()::equals).isPresent()
                && NO_HINDRANCE.containsAll(conditions)
                && conditions.contains(Condition.Type.GrantNotInCatalog)
                        != desired.notInCatalog().isEmpty();
    }

    /** True if the record has the condition of the change that is held now, or none if there is none. */
    private static boolean saysWhatIsHeld(PolicyCompiler compiler, RoleRecord record) {
        return DesiredRoles.held(compiler, record)
                .map(HeldCondition::detail)
                .equals(record.condition(Condition.Type.ChangeHeld).map(Condition::detail));
    }

    private static ResyncCheck glance(RoleRecord record, DesiredRole.Present desired) {
        PolicyArns arns = PolicyArns.of(record.roleArn().orElseThrow(), desired.path(), desired.name());
        return new ResyncCheck.Glance(
                record.role().instance(),
                desired.name(),
                ExpectedFingerprint.of(desired, arns, record.slots()),
                CALLS_FOR_ROLE + desired.inlinePolicies().size() + CALLS_FOR_POLICY * record.slots());
    }

    private static ResyncCheck glance(PolicyCompiler compiler, RoleRecord record, DesiredRole.Gone gone) {
        PolicyArns arns = record.roleArn()
                .map(arn -> PolicyArns.of(
                        arn, DesiredRoles.identity(compiler, record).path(), gone.name()))
                .orElseGet(() -> new PolicyArns("", gone.name()));
        return new ResyncCheck.Glance(
                record.role().instance(),
                gone.name(),
                ExpectedFingerprint.ofNone(arns, record.slots()),
                1 + CALLS_FOR_POLICY * record.slots());
    }
}
