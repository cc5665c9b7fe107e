package dev.linkedrole.reconcile.apply;

import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.ManagedPolicy;
import dev.linkedrole.role.state.ObservedRole;
import dev.linkedrole.role.state.PolicyArns;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reader of the managed policies of roles, attached or not. */
final class ManagedPolicyReader {

    private final RoleGateway gateway;

    ManagedPolicyReader(RoleGateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Reads all managed policies of a role: two calls for each.
     *
     * @param tags tags that make a policy ours
     * @param slots maximum number of policies
     */
    Uni<ObservedRole> of(ActualRole.Present role, PolicyArns arns, SortedMap<String, String> tags, int slots) {
        return managed(arns, tags, Math.max(slots, ObservedRole.highestAttached(role, arns)))
                .map(managed -> new ObservedRole(role, arns, managed));
    }

    /** Reads the role's managed policies that exist and are ours. */
    Uni<SortedMap<PolicySlot, ManagedPolicy>> managed(PolicyArns arns, SortedMap<String, String> tags, int slots) {
        return Multi.createFrom()
                .range(1, slots + 1)
                .map(PolicySlot::new)
                .onItem()
                .transformToUniAndConcatenate(slot ->
                        gateway.policy(arns.of(slot)).map(found -> found.map(policy -> Map.entry(slot, policy))))
                .flatMap(found -> Multi.createFrom().optional(found))
                .filter(found -> found.getValue().has(tags))
                .collect()
                .asMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(TreeMap::new);
    }
}
