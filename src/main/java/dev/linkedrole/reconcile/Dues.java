package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.Condition;
import dev.linkedrole.role.Expectation;
import dev.linkedrole.role.PolicyArns;
import dev.linkedrole.role.PolicyCompiler;
import dev.linkedrole.role.WantedRole;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells from its record whether, and how, a role has to be compared with IAM. */
public final class Dues {

    /** What may be said of a role that is all the same as it is recorded to be. */
    private static final Set<Condition.Type> NO_HINDRANCE =
            EnumSet.of(Condition.Type.PolicyTooLarge, Condition.Type.GrantNotInCatalog);

    private static final int CALLS_FOR_ROLE = 3;
    private static final int CALLS_FOR_POLICY = 2;

    private final PolicyCompiler compiler;
    private final Duration quietPeriod;

    /**
     * @param quietPeriod how long after its deletion a role is still looked for
     */
    public Dues(PolicyCompiler compiler, Duration quietPeriod) {
        this.compiler = compiler;
        this.quietPeriod = quietPeriod;
    }

    Due of(RoleRecord record, Instant now) {
        if (isQuiet(record, now)) {
            return new Due.Nothing();
        }
        Due.Look look = new Due.Look(record.role().instance());
        // Pages record nothing: what was put right is looked at by itself until it is found right.
        if (!record.settled()
                || !record.awaiting().isEmpty()
                || !record.repairs().runs().isEmpty()) {
            return look;
        }
        return switch (Named.compile(compiler, record)) {
            case WantedRole.NotYet notYet -> new Due.Nothing();
            case WantedRole.Gone gone -> record.conditions().isEmpty() ? glance(record, gone) : look;
            case WantedRole.Present wanted -> isAsKnown(record, wanted) ? glance(record, wanted) : look;
        };
    }

    /** Nobody has made the role anew in all the time in which a slow replica might have. */
    boolean isQuiet(RoleRecord record, Instant now) {
        return record.role().deleted()
                && record.settled()
                && record.awaiting().isEmpty()
                && record.conditions().isEmpty()
                && record.changedAt().plus(quietPeriod).isBefore(now);
    }

    /** Not so if the catalog or the settings are others now, or if something keeps the role from being as it should be. */
    private static boolean isAsKnown(RoleRecord record, WantedRole.Present wanted) {
        Set<Condition.Type> conditions =
                record.conditions().stream().map(Condition::type).collect(Collectors.toSet());
        return record.roleArn().isPresent()
                && record.applied().filter(wanted.footprint()::equals).isPresent()
                && NO_HINDRANCE.containsAll(conditions)
                && conditions.contains(Condition.Type.GrantNotInCatalog)
                        != wanted.notInCatalog().isEmpty();
    }

    private static Due glance(RoleRecord record, WantedRole.Present wanted) {
        PolicyArns arns = PolicyArns.of(record.roleArn().orElseThrow(), wanted.path(), wanted.name());
        return new Due.Glance(
                record.role().instance(),
                wanted.name(),
                Expectation.of(wanted, arns, record.homes()),
                CALLS_FOR_ROLE + wanted.inlinePolicies().size() + CALLS_FOR_POLICY * record.homes());
    }

    private Due glance(RoleRecord record, WantedRole.Gone gone) {
        PolicyArns arns = record.roleArn()
                .map(arn -> PolicyArns.of(arn, Named.identity(compiler, record).path(), gone.name()))
                .orElseGet(() -> new PolicyArns("", gone.name()));
        return new Due.Glance(
                record.role().instance(),
                gone.name(),
                Expectation.ofNone(arns, record.homes()),
                1 + CALLS_FOR_POLICY * record.homes());
    }
}
