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

/** Deletes the role of a deleted instance, if there is one and it is ours. */
public final class RoleDeleter {

    private final RoleGateway gateway;
    private final Optional<String> deployment;
    private final PlanExecutor steps;
    private final ManagedPolicyReader policies;
    private final boolean settled;

    /**
     * @param deployment this deployment's own identity
     * @param settled whether IAM had the time since the last change to show it
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

    /** The managed policies that the role may ever have had, as far as there are any. */
    private Uni<Set<PolicySlot>> managed(RoleRecord record, PolicyArns arns, SortedMap<String, String> ours) {
        return record.slots() == 0
                ? Uni.createFrom().item(Set.of())
                : policies.managed(arns, ours, record.slots()).map(Map::keySet);
    }

    /** First by what the ledger knows to be on the role; if there is more, or not all of it goes, by what IAM says is. */
    private Uni<RoleState> delete(RoleRecord record, PolicyArns arns, Set<PolicySlot> managed) {
        RoleName name = arns.role();
        RoleFingerprint known = record.applied().orElse(RoleFingerprint.BARE).withManaged(managed);
        return steps.carryOut(name, Planner.removal(known, arns), sight(false))
                .flatMap(carried -> carried.done().contains(new Step.DeleteRole())
                        ? Uni.createFrom().item(carried)
                        : byWhatIsThere(arns, managed))
                .onFailure(failure -> IamCallException.is(failure, Kind.DELETE_CONFLICT))
                .recoverWithUni(() -> byWhatIsThere(arns, managed))
                .map(RoleDeleter::gone);
    }

    private Uni<PlanProgress> byWhatIsThere(PolicyArns arns, Set<PolicySlot> managed) {
        return gateway.obstacles(arns.role())
                // Others have deleted it meanwhile, or IAM does not show it yet: the deletion itself says which.
                .onFailure(failure -> IamCallException.is(failure, Kind.NOT_FOUND))
                .recoverWithItem(RoleFingerprint.BARE)
                .flatMap(obstacles -> steps.carryOut(
                        arns.role(), Planner.removal(obstacles.withManaged(managed), arns), sight(true)));
    }

    private RoleVisibility sight(boolean looked) {
        return new RoleVisibility(false, looked, settled);
    }

    /** The state of a role that is being deleted: parts that are still there stay recorded, since revoking a missing part does no harm. */
    private static RoleState gone(PlanProgress carried) {
        return RoleState.gone(carried.done()).leaving(carried.open());
    }

    /** The role is gone, or belongs to others now; its managed policies may still exist. */
    private Uni<RoleState> deleteLeftovers(PolicyArns arns, Set<PolicySlot> managed) {
        return managed.isEmpty()
                ? Uni.createFrom().item(RoleState.NONE)
                : steps.carryOut(arns.role(), Planner.leftovers(managed, arns), sight(true))
                        .map(RoleDeleter::gone);
    }

    /** ARNs of the managed policies. A role that has or may have managed policies has an ARN on record; any other needs none. */
    private static PolicyArns arns(RoleRecord record, RoleIdentity identity) {
        return record.roleArn()
                .map(arn -> PolicyArns.of(arn, identity.path(), identity.name()))
                .orElseGet(() -> new PolicyArns("", identity.name()));
    }
}
