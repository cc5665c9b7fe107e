package dev.linkedrole.simulation.faults;

import dev.linkedrole.iam.ForwardingGateway;
import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.testing.Defaults;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Gateways to IAM with a defect. */
final class PlantedGateways {

    private static final Instant NEVER_OLD = Instant.parse("9999-01-01T00:00:00Z");

    private PlantedGateways() {}

    static RoleGateway takingAllForOurs(RoleGateway sound) {
        return new ForwardingGateway(sound) {
            @Override
            public Uni<ActualRole> read(RoleName name) {
                return super.read(name)
                        .map(actual -> actual instanceof ActualRole.Present role
                                ? like(role, role.description(), tagged(name, role.tags()))
                                : actual);
            }

            @Override
            public Uni<Optional<Map<String, String>>> tags(RoleName name) {
                return super.tags(name).map(found -> found.map(tags -> tagged(name, tags)));
            }
        };
    }

    private static ActualRole.Present like(ActualRole.Present role, String description, Map<String, String> tags) {
        return new ActualRole.Present(
                role.arn(),
                role.createdAt(),
                description,
                role.trustPolicy(),
                tags,
                role.permissionsBoundary(),
                role.inlinePolicies(),
                role.attachedPolicies());
    }

    private static Map<String, String> tagged(RoleName name, Map<String, String> tags) {
        Map<String, String> all = new HashMap<>(tags);
        String digits = name.digits();
        all.put(RoleTags.OWNER_TAG, Defaults.SETTINGS.owner());
        all.put(
                RoleTags.INSTANCE_TAG,
                "arn:aws:connect:us-west-2:111122223333:instance/"
                        + digits.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
        return all;
    }

    static RoleGateway withoutDescriptions(RoleGateway sound) {
        return new ForwardingGateway(sound) {
            @Override
            public Uni<ActualRole> read(RoleName name) {
                return super.read(name)
                        .map(actual ->
                                actual instanceof ActualRole.Present role ? like(role, "", role.tags()) : actual);
            }
        };
    }

    static RoleGateway withoutAge(RoleGateway sound) {
        return new ForwardingGateway(sound) {
            @Override
            public Uni<ActualRole> read(RoleName name) {
                return super.read(name)
                        .map(actual -> actual instanceof ActualRole.Present role ? withoutAge(role) : actual);
            }
        };
    }

    private static ActualRole.Present withoutAge(ActualRole.Present role) {
        Map<String, String> tags = new HashMap<>(role.tags());
        tags.remove(RoleTags.RECORDED_TAG);
        return new ActualRole.Present(
                role.arn(),
                NEVER_OLD,
                role.description(),
                role.trustPolicy(),
                tags,
                role.permissionsBoundary(),
                role.inlinePolicies(),
                role.attachedPolicies());
    }

    static RoleGateway swallowing(RoleGateway sound) {
        return new ForwardingGateway(sound) {
            @Override
            public Uni<Optional<String>> carryOut(RoleName name, Step step) {
                Uni<Optional<String>> done = super.carryOut(name, step);
                return step instanceof Step.CreateRole
                        ? done
                        : done.onFailure(failure -> IamCallException.is(failure, IamCallException.Kind.TRANSIENT))
                                .recoverWithItem(Optional.empty());
            }
        };
    }

    static RoleGateway onlyGrowing(RoleGateway sound) {
        return new ForwardingGateway(sound) {
            private final Map<String, Integer> longest = new HashMap<>();

            @Override
            public Uni<Optional<String>> carryOut(RoleName name, Step step) {
                if (step instanceof Step.PutInlinePolicy(String policy, String document)) {
                    int before = longest.merge(name + policy, document.length(), Math::max);
                    if (document.length() < before) {
                        return Uni.createFrom().item(Optional.empty());
                    }
                }
                return super.carryOut(name, step);
            }
        };
    }
}
