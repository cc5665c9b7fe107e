package dev.linkedrole.reconcile.apply;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.iam.ServiceLinkedDeletion;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.retry.Backoff;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.identity.RoleIdentity;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.identity.ServiceLinkedPath;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.plan.Plan;
import dev.linkedrole.role.plan.Planner;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.PolicyArns;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Deleter of the service-linked role of a deleted instance, if the role exists and is ours. IAM deletes asynchronously.
 * No task has to be recorded, since a repeated request returns the same deletion task while the deletion is in
 * progress.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceLinkedRole.html">DeleteServiceLinkedRole</a>
 */
public final class ServiceLinkedRoleDeleter {

    private static final Backoff UNTIL_DELETED = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(4));

    private final RoleGateway gateway;
    private final Optional<String> deployment;
    private final Duration timeout;
    private final Retry retry;
    private final PlanExecutor steps;

    /**
     * @param deployment this deployment's own identity
     * @param timeout time to wait for the end of a deletion; the resync sees a later end
     */
    public ServiceLinkedRoleDeleter(RoleGateway gateway, Optional<String> deployment, Duration timeout, Retry retry) {
        this.gateway = gateway;
        this.deployment = deployment;
        this.timeout = timeout;
        this.retry = retry;
        this.steps = new PlanExecutor(gateway, retry);
    }

    public Uni<RoleState> remove(RoleRecord record, RoleIdentity identity) {
        return find(record, identity)
                .flatMap(found -> found.map(RoleName::ofArn)
                        .map(role -> removeIfOurs(identity.tags(record.role().instance()), role))
                        .orElseGet(() -> Uni.createFrom().item(RoleState.NONE)));
    }

    private Uni<Optional<String>> find(RoleRecord record, RoleIdentity identity) {
        Optional<String> known = DesiredRoles.serviceLinkedArn(record);
        if (known.isPresent() || !record.role().announced()) {
            // No role is ever created for an instance that was not announced.
            return Uni.createFrom().item(known);
        }
        RoleName likely = identity.name();
        return gateway.find(likely, identity.path(), likely.digits())
                .map(found -> found.filter(ServiceLinkedPath::hasRole));
    }

    private Uni<RoleState> removeIfOurs(SortedMap<String, String> ownership, RoleName role) {
        return gateway.tags(role)
                .invoke(tags -> RoleDeleter.requireNotContested(role, deployment, tags))
                .flatMap(tags -> {
                    if (tags.isEmpty()) {
                        return Uni.createFrom().item(RoleState.NONE);
                    }
                    return RoleTags.carry(tags.get(), ownership) ? delete(role) : removeUntagged(role, ownership);
                });
    }

    /**
     * Deletes a role whose maker may have died before tagging it. The tags are put first, since IAM permits the
     * deletion by them.
     */
    private Uni<RoleState> removeUntagged(RoleName role, SortedMap<String, String> ownership) {
        return gateway.read(role)
                .flatMap(actual -> actual instanceof ActualRole.Present present && present.isOurs(ownership)
                        ? gateway.carryOut(role, new Step.PutTags(ownership)).chain(() -> delete(role))
                        : Uni.createFrom()
                                .item(RoleState.NONE.notOurs("the instance is deleted, and a role named " + role
                                        + " exists without the tags " + ownership + "; it is left as it is")));
    }

    private Uni<RoleState> delete(RoleName role) {
        Plan deletion = new Plan(List.of(new Step.DeleteRole()));
        return begin(role)
                .flatMap(task ->
                        task.map(this::end).orElseGet(() -> Uni.createFrom().voidItem()))
                .replaceWith(RoleState.gone(deletion.steps()));
    }

    /**
     * Starts the deletion. IAM deletes the role's policies with it; an emulator may require them to be deleted first.
     */
    private Uni<Optional<String>> begin(RoleName role) {
        return gateway.beginDeletion(role)
                .onFailure(failure -> IamCallException.is(failure, Kind.DELETE_CONFLICT))
                .recoverWithUni(() -> gateway.obstacles(role)
                        .flatMap(obstacles -> steps.carryOut(
                                role,
                                Planner.clearance(obstacles, new PolicyArns("", role)),
                                new RoleVisibility(false, true, false)))
                        .invoke(ServiceLinkedRoleDeleter::require)
                        .chain(() -> gateway.beginDeletion(role)));
    }

    private static void require(PlanProgress cleared) {
        cleared.conditions(Instant.EPOCH).stream().findFirst().ifPresent(condition -> {
            throw new BlockedException(condition.type(), condition.detail());
        });
    }

    private Uni<Void> end(String task) {
        return retry.within(
                        timeout,
                        UNTIL_DELETED,
                        RunningException.class::isInstance,
                        () -> gateway.deletion(task).invoke(deletion -> require(deletion, task)))
                .onFailure(RunningException.class)
                .transform(running -> new BlockedException(
                        Condition.Type.DeletionRunning,
                        "IAM is still deleting the role, and the next resync looks again; its task is " + task))
                .replaceWithVoid();
    }

    private static void require(ServiceLinkedDeletion deletion, String task) {
        switch (deletion) {
            case ServiceLinkedDeletion.Done() -> {}
            case ServiceLinkedDeletion.Running() -> throw new RunningException();
            case ServiceLinkedDeletion.Failed(String reason) ->
                throw new BlockedException(
                        Condition.Type.DeletionFailed,
                        "IAM could not delete the role, and the next resync has it try again: " + reason + " (task "
                                + task + ")");
        }
    }

    /** The deletion in IAM has not ended yet. */
    private static final class RunningException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RunningException() {
            super("IAM is still deleting the role", null, true, false);
        }
    }
}
