package dev.linkedrole.reconcile;

import dev.linkedrole.iam.Deletion;
import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.retry.Backoff;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.ActualRole;
import dev.linkedrole.role.Condition;
import dev.linkedrole.role.Plan;
import dev.linkedrole.role.Planner;
import dev.linkedrole.role.PolicyArns;
import dev.linkedrole.role.RoleIdentity;
import dev.linkedrole.role.RoleName;
import dev.linkedrole.role.RoleTags;
import dev.linkedrole.role.ServiceLinkedPath;
import dev.linkedrole.role.Step;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Deletes the service-linked role of a deleted instance, if there is one and it is ours. IAM does that in its own time; nothing
 * of it has to be kept, since asking again while IAM is at it gives the same deletion task.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceLinkedRole.html">DeleteServiceLinkedRole</a>
 */
final class ServiceLinkedRemoval {

    private static final Backoff UNTIL_DELETED = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(4));

    private final RoleGateway gateway;
    private final Optional<String> deployment;
    private final Duration patience;
    private final Retry retry;
    private final Steps steps;

    /**
     * @param deployment this deployment's own identity
     * @param patience how long to wait for the end of a deletion; later ones are seen by the resync
     */
    ServiceLinkedRemoval(RoleGateway gateway, Optional<String> deployment, Duration patience, Retry retry) {
        this.gateway = gateway;
        this.deployment = deployment;
        this.patience = patience;
        this.retry = retry;
        this.steps = new Steps(gateway, retry);
    }

    Uni<RoleState> remove(RoleRecord record, RoleIdentity identity) {
        return find(record, identity)
                .flatMap(found -> found.map(RoleName::ofArn)
                        .map(role -> removeIfOurs(identity.tags(record.role().instance()), role))
                        .orElseGet(() -> Uni.createFrom().item(RoleState.NONE)));
    }

    private Uni<Optional<String>> find(RoleRecord record, RoleIdentity identity) {
        Optional<String> known = Named.serviceLinkedArn(record);
        if (known.isPresent() || !record.role().announced()) {
            // No role is ever made for an instance that was not announced.
            return Uni.createFrom().item(known);
        }
        RoleName likely = identity.name();
        return gateway.find(likely, identity.path(), likely.digits())
                .map(found -> found.filter(ServiceLinkedPath::hasRole));
    }

    private Uni<RoleState> removeIfOurs(SortedMap<String, String> ownership, RoleName role) {
        return gateway.tags(role)
                .invoke(tags -> Removal.requireNotContested(role, deployment, tags))
                .flatMap(tags -> {
                    if (tags.isEmpty()) {
                        return Uni.createFrom().item(RoleState.NONE);
                    }
                    return RoleTags.carry(tags.get(), ownership) ? delete(role) : removeUntagged(role, ownership);
                });
    }

    /** Its maker may have died before tagging it. The tags then come first: it is by them that IAM lets us delete it. */
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

    /** IAM takes the role's policies with it; an emulator may want them gone before. */
    private Uni<Optional<String>> begin(RoleName role) {
        return gateway.beginDeletion(role)
                .onFailure(failure -> IamCallException.is(failure, Kind.DELETE_CONFLICT))
                .recoverWithUni(() -> gateway.obstacles(role)
                        .flatMap(obstacles -> steps.carryOut(
                                role,
                                Planner.clearance(obstacles, new PolicyArns("", role)),
                                new Sight(false, true, false)))
                        .invoke(ServiceLinkedRemoval::require)
                        .chain(() -> gateway.beginDeletion(role)));
    }

    private static void require(Carried cleared) {
        cleared.conditions(Instant.EPOCH).stream().findFirst().ifPresent(condition -> {
            throw new HeldException(condition.type(), condition.detail());
        });
    }

    private Uni<Void> end(String task) {
        return retry.within(
                        patience,
                        UNTIL_DELETED,
                        RunningException.class::isInstance,
                        () -> gateway.deletion(task).invoke(deletion -> require(deletion, task)))
                .onFailure(RunningException.class)
                .transform(running -> new HeldException(
                        Condition.Type.DeletionRunning,
                        "IAM is still deleting the role, and the next resync looks again; its task is " + task))
                .replaceWithVoid();
    }

    private static void require(Deletion deletion, String task) {
        switch (deletion) {
            case Deletion.Done() -> {}
            case Deletion.Running() -> throw new RunningException();
            case Deletion.Failed(String reason) ->
                throw new HeldException(
                        Condition.Type.DeletionFailed,
                        "IAM could not delete the role, and the next resync has it try again: " + reason + " (task "
                                + task + ")");
        }
    }

    /** IAM is not through yet. */
    private static final class RunningException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RunningException() {
            super("IAM is still deleting the role", null, true, false);
        }
    }
}
