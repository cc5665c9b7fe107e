package dev.linkedrole.reconcile;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.Footprint;
import dev.linkedrole.role.Plan;
import dev.linkedrole.role.RoleName;
import dev.linkedrole.role.RoleSettings;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Deletes the role of a deleted instance, if there is one and it is ours. */
final class Removal {

    private static final Footprint BARE = new Footprint(new TreeMap<>());

    private final RoleGateway gateway;
    private final RoleSettings settings;
    private final Steps steps;

    Removal(RoleGateway gateway, RoleSettings settings) {
        this.gateway = gateway;
        this.settings = settings;
        this.steps = new Steps(gateway);
    }

    Uni<RoleState> remove(RoleRecord record, RoleName name) {
        return gateway.tags(name)
                .flatMap(tags -> isOurs(record, tags)
                        ? delete(name, record.applied().orElse(BARE))
                        : Uni.createFrom().item(RoleState.NONE));
    }

    private boolean isOurs(RoleRecord record, Optional<Map<String, String>> tags) {
        return tags.isPresent()
                && tags.get()
                        .entrySet()
                        .containsAll(
                                settings.ownershipTags(record.role().instance()).entrySet());
    }

    /** First by what the ledger knows to be on the role; if there is more, by what IAM says is. */
    private Uni<RoleState> delete(RoleName name, Footprint known) {
        return carryOut(name, Plan.removal(known))
                .onFailure(failure -> IamCallException.is(failure, Kind.DELETE_CONFLICT))
                .recoverWithUni(
                        () -> gateway.obstacles(name).flatMap(obstacles -> carryOut(name, Plan.removal(obstacles))));
    }

    private Uni<RoleState> carryOut(RoleName name, Plan plan) {
        return steps.carryOut(name, plan).replaceWith(new RoleState(Optional.empty(), Optional.empty(), plan.steps()));
    }
}
