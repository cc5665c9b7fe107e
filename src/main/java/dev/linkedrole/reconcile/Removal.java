package dev.linkedrole.reconcile;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.Footprint;
import dev.linkedrole.role.Home;
import dev.linkedrole.role.Plan;
import dev.linkedrole.role.PolicyArns;
import dev.linkedrole.role.RoleIdentity;
import dev.linkedrole.role.RoleName;
import dev.linkedrole.role.RoleTags;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** Deletes the role of a deleted instance, if there is one and it is ours. */
final class Removal {

    private final RoleGateway gateway;
    private final Steps steps;
    private final Survey survey;

    Removal(RoleGateway gateway, Retry retry) {
        this.gateway = gateway;
        this.steps = new Steps(gateway, retry);
        this.survey = new Survey(gateway);
    }

    Uni<RoleState> remove(RoleRecord record, RoleIdentity identity) {
        RoleName name = identity.name();
        PolicyArns arns = arns(record, identity);
        SortedMap<String, String> ours = identity.tags(record.role().instance());
        return gateway.tags(name)
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

    /** The managed policies that the role may ever have had, as far as there are any. */
    private Uni<Set<Home>> managed(RoleRecord record, PolicyArns arns, SortedMap<String, String> ours) {
        return record.homes() == 0
                ? Uni.createFrom().item(Set.of())
                : survey.managed(arns, ours, record.homes()).map(Map::keySet);
    }

    /** First by what the ledger knows to be on the role; if there is more, by what IAM says is. */
    private Uni<RoleState> delete(RoleRecord record, PolicyArns arns, Set<Home> managed) {
        RoleName name = arns.role();
        Footprint known = record.applied().orElse(Footprint.BARE).withManaged(managed);
        return carryOut(name, Plan.removal(known, arns))
                .onFailure(failure -> IamCallException.is(failure, Kind.DELETE_CONFLICT))
                .recoverWithUni(() -> gateway.obstacles(name)
                        .flatMap(obstacles -> carryOut(name, Plan.removal(obstacles.withManaged(managed), arns))));
    }

    /** The role is not there any more, or is somebody else's now; its managed policies may be there all the same. */
    private Uni<RoleState> deleteLeftovers(PolicyArns arns, Set<Home> managed) {
        return managed.isEmpty()
                ? Uni.createFrom().item(RoleState.NONE)
                : carryOut(arns.role(), Plan.leftovers(managed, arns));
    }

    /** What has managed policies, or may have, has an ARN on record; what has none needs none. */
    private static PolicyArns arns(RoleRecord record, RoleIdentity identity) {
        return record.roleArn()
                .map(arn -> PolicyArns.of(arn, identity.path(), identity.name()))
                .orElseGet(() -> new PolicyArns("", identity.name()));
    }

    private Uni<RoleState> carryOut(RoleName name, Plan plan) {
        return steps.carryOut(name, plan).replaceWith(RoleState.gone(plan.steps()));
    }
}
