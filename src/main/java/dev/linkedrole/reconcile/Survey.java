package dev.linkedrole.reconcile;

import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.role.ActualRole;
import dev.linkedrole.role.Home;
import dev.linkedrole.role.ManagedPolicy;
import dev.linkedrole.role.PolicyArns;
import dev.linkedrole.role.SurveyedRole;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Looks for the managed policies of roles, attached or not. */
final class Survey {

    private final RoleGateway gateway;

    Survey(RoleGateway gateway) {
        this.gateway = gateway;
    }

    /**
     * A role with all of its managed policies: two calls for each.
     *
     * @param tags what a policy has to have to be ours
     * @param homes how many there may be
     */
    Uni<SurveyedRole> of(ActualRole.Present role, PolicyArns arns, SortedMap<String, String> tags, int homes) {
        return managed(arns, tags, Math.max(homes, SurveyedRole.highestAttached(role, arns)))
                .map(managed -> new SurveyedRole(role, arns, managed));
    }

    /** Those of the managed policies that there may be that there are, and that are ours. */
    Uni<SortedMap<Home, ManagedPolicy>> managed(PolicyArns arns, SortedMap<String, String> tags, int homes) {
        return Multi.createFrom()
                .range(1, homes + 1)
                .map(Home::new)
                .onItem()
                .transformToUniAndConcatenate(home ->
                        gateway.policy(arns.of(home)).map(found -> found.map(policy -> Map.entry(home, policy))))
                .flatMap(found -> Multi.createFrom().optional(found))
                .filter(found -> found.getValue().has(tags))
                .collect()
                .asMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(TreeMap::new);
    }
}
