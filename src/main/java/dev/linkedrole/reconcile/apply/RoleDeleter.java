package dev.linkedrole.reconcile.apply;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.identity.RoleIdentity;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.plan.Planner;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.PolicyArns;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Deleter of the role of a deleted instance, if the role exists and is ours. */
public final class RoleDeleter {

    private final RoleGateway gateway;
    private final Optional<String> deployment;
    private final PlanExecutor steps;
    private final ManagedPolicyReader policies;
    private final boolean settled;

    /**
     * @param deployment this deployment's own identity
     * @param settled true if IAM had the time to show the last change
     */
    public RoleDeleter(RoleGateway gateway, Optional<String> deployment, Retry retry, boolean settled) {
        this.deployment = deployment;
        this.gateway = gateway;
        this.steps = new PlanExecutor(gateway, retry);
        this.policies = new ManagedPolicyReader(gateway);
        this.settled = settled;
    }

    public Uni<RoleState> remove(RoleRecord record, RoleIdentity identity) {
        RoleName name = identity.name();
        PolicyArns arns = arns(record, identity);
        SortedMap<String, String> ours = identity.tags(record.role().instance());
        return gateway.tags(name)
                .invoke(tags -> requireNotContested(name, deployment, tags))
                .flatMap(tags -> managed(record, arns, ours).flatMap(managed -> {
                    boolean isOurs =
                            tags.filter(all -> RoleTags.carry(all, ours)).isPresent();
                    if (isOurs) {
                        return delete(record, arns, managed);
                    }
                    Uni<RoleState> done = deleteLeftovers(arns, managed);
                    return tags.isEmpty()
                            ? done
                            : done.map(state -> state.notOurs("the instance is deleted, and a role named " + name
                                    + " exists without the tags " + ours + "; it is left as it is"));
                }));
    }

    static void requireNotContested(RoleName name, Optional<String> deployment, Optional<Map<String, String>> tags) {
        tags.flatMap(all -> DesiredRole.Present.otherDeployment(deployment, all))
                .ifPresent(other -> {
                    throw RoleUpserter.contested("the instance is deleted, and the role " + name, other);
                });
    }

    /** Lists the existing managed policies that the role may ever have had. */
    private Uni<Set<PolicySlot>> managed(RoleRecord record, PolicyArns arns, SortedMap<String, String> ours) {
        return record.slots() == 0
                ? Uni.createFrom().item(Set.of())
                : policies.managed(arns, ours, record.slots()).map(Map::keySet);
    }

    /**
     * Deletes the role by the ledger's knowledge first; if IAM shows that the role has more, or rejects a step, by the
     * role as read from IAM.
     */
    private Uni<RoleState> delete(RoleRecord record, PolicyArns arns, Set<PolicySlot> managed) {
        RoleName name = arns.role();
        RoleFingerprint known = record.applied().orElse(RoleFingerprint.BARE).withManaged(managed);
        return steps.carryOut(name, Planner.removal(known, arns), sight(false))
                .flatMap(progress -> progress.done().contains(new Step.DeleteRole())
                        ? Uni.createFrom().item(progress)
                        : byWhatIsThere(arns, managed))
                .onFailure(failure -> IamCallException.is(failure, Kind.DELETE_CONFLICT))
                .recoverWithUni(() -> byWhatIsThere(arns, managed))
                .map(RoleDeleter::gone);
    }

    private Uni<PlanProgress> byWhatIsThere(PolicyArns arns, Set<PolicySlot> managed) {
        return gateway.obstacles(arns.role())
                // Others have deleted the role in the meantime, or IAM does not show it yet: the deletion itself tells
                // which.
                .onFailure(failure -> IamCallException.is(failure, Kind.NOT_FOUND))
                .recoverWithItem(RoleFingerprint.BARE)
                .flatMap(obstacles -> steps.carryOut(
                        arns.role(), Planner.removal(obstacles.withManaged(managed), arns), sight(true)));
    }

    private RoleVisibility sight(boolean looked) {
        return new RoleVisibility(false, looked, settled);
    }

    /**
     * Returns the state of a role that is being deleted: existing parts stay recorded, since revoking a missing part
     * does no harm.
     */
    private static RoleState gone(PlanProgress progress) {
        return RoleState.gone(progress.done()).leaving(progress.open());
    }

    /** Deletes the managed policies that remain after the role was deleted, or now belongs to others. */
    private Uni<RoleState> deleteLeftovers(PolicyArns arns, Set<PolicySlot> managed) {
        return managed.isEmpty()
                ? Uni.createFrom().item(RoleState.NONE)
                : steps.carryOut(arns.role(), Planner.leftovers(managed, arns), sight(true))
                        .map(RoleDeleter::gone);
    }

    /**
     * Returns the ARNs of the managed policies. A role that has or may have managed policies has an ARN on record; any
     * other needs none.
     */
    private static PolicyArns arns(RoleRecord record, RoleIdentity identity) {
        return record.roleArn()
                .map(arn -> PolicyArns.of(arn, identity.path(), identity.name()))
                .orElseGet(() -> new PolicyArns("", identity.name()));
    }
}
