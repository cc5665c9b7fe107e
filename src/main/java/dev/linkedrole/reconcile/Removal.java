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
import dev.linkedrole.role.RoleName;
import dev.linkedrole.role.RoleSettings;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** Deletes the role of a deleted instance, if there is one and it is ours. */
final class Removal {

    private final RoleGateway gateway;
    private final RoleSettings settings;
    private final Steps steps;
    private final Survey survey;

    Removal(RoleGateway gateway, RoleSettings settings, Retry retry) {
        this.gateway = gateway;
        this.settings = settings;
        this.steps = new Steps(gateway, retry);
        this.survey = new Survey(gateway);
    }

    Uni<RoleState> remove(RoleRecord record, RoleName name) {
        SortedMap<String, String> ours = settings.ownershipTags(record.role().instance());
        return gateway.tags(name)
                .flatMap(tags -> managed(record, name, ours).flatMap(managed -> {
                    boolean isOurs = tags.filter(all -> all.entrySet().containsAll(ours.entrySet()))
                            .isPresent();
                    if (isOurs) {
                        return delete(record, name, managed);
                    }
                    Uni<RoleState> done = deleteLeftovers(record, name, managed);
                    return tags.isEmpty()
                            ? done
                            : done.map(state -> state.notOurs("the instance is deleted, and a role named " + name
                                    + " exists without the tags " + ours + "; it is left as it is"));
                }));
    }

    /** The managed policies that the role may ever have had, as far as there are any. */
    private Uni<Set<Home>> managed(RoleRecord record, RoleName name, SortedMap<String, String> ours) {
        return record.homes() == 0
                ? Uni.createFrom().item(Set.of())
                : survey.managed(arns(record, name), ours, record.homes()).map(Map::keySet);
    }

    /** First by what the ledger knows to be on the role; if there is more, by what IAM says is. */
    private Uni<RoleState> delete(RoleRecord record, RoleName name, Set<Home> managed) {
        Footprint known = record.applied().orElse(Footprint.BARE).withManaged(managed);
        return carryOut(name, Plan.removal(known, arns(record, name)))
                .onFailure(failure -> IamCallException.is(failure, Kind.DELETE_CONFLICT))
                .recoverWithUni(() -> gateway.obstacles(name)
                        .flatMap(obstacles ->
                                carryOut(name, Plan.removal(obstacles.withManaged(managed), arns(record, name)))));
    }

    /** The role is not there any more, or is somebody else's now; its managed policies may be there all the same. */
    private Uni<RoleState> deleteLeftovers(RoleRecord record, RoleName name, Set<Home> managed) {
        return managed.isEmpty()
                ? Uni.createFrom().item(RoleState.NONE)
                : carryOut(name, Plan.leftovers(managed, arns(record, name)));
    }

    /** What has managed policies, or may have, has an ARN on record; what has none needs none. */
    private PolicyArns arns(RoleRecord record, RoleName name) {
        return record.roleArn()
                .map(arn -> PolicyArns.of(arn, settings.path(), name))
                .orElseGet(() -> new PolicyArns("", name));
    }

    private Uni<RoleState> carryOut(RoleName name, Plan plan) {
        return steps.carryOut(name, plan).replaceWith(RoleState.gone(plan.steps()));
    }
}
