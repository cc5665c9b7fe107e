package dev.linkedrole.role.plan;

import dev.linkedrole.role.fingerprint.RoleComponent;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.PolicyArns;
import java.util.List;
import java.util.Optional;

/** The steps that write or remove one component of a role. */
final class ComponentSteps {

    private ComponentSteps() {}

    /** Returns the step that rewrites an existing policy. */
    static Step rewriting(PolicySlot slot, String document, PolicyArns arns) {
        return slot.isInline()
                ? new Step.PutInlinePolicy(PolicySlot.INLINE_POLICY, document)
                : new Step.PutPolicyVersion(arns.of(slot), document);
    }

    /**
     * Returns the step that writes a component other than a policy or the description, which have an order of their
     * own.
     */
    static Optional<Step> putting(RoleComponent component, DesiredRole.Present desired) {
        return switch (component) {
            case RoleComponent.Trust() -> Optional.of(new Step.PutTrustPolicy(desired.trustPolicy()));
            case RoleComponent.Tags() -> Optional.of(new Step.PutTags(desired.tags()));
            case RoleComponent.Boundary() -> desired.permissionsBoundary().map(Step.PutBoundary::new);
            case RoleComponent.Description description -> Optional.empty();
            case RoleComponent.Inline inline -> Optional.empty();
            case RoleComponent.Managed managed -> Optional.empty();
            case RoleComponent.Attached(String other) -> throw neverDesired(other);
            case RoleComponent.InInstanceProfile(String other) -> throw neverDesired(other);
        };
    }

    private static IllegalStateException neverDesired(String component) {
        return new IllegalStateException("no role is ever wanted with " + component);
    }

    /**
     * Returns the steps that remove a component. Trust, tags, boundary and description are never removed from a role
     * that stays.
     */
    static List<Step> removing(RoleComponent component, PolicyArns arns) {
        return switch (component) {
            case RoleComponent.Trust(), RoleComponent.Tags(), RoleComponent.Boundary(), RoleComponent.Description() ->
                List.of();
            case RoleComponent.Inline(String policy) -> List.of(new Step.DeleteInlinePolicy(policy));
            case RoleComponent.Managed(PolicySlot slot) ->
                List.of(new Step.DetachPolicy(arns.of(slot)), new Step.DeletePolicy(arns.of(slot)));
            case RoleComponent.Attached(String arn) -> List.of(new Step.DetachPolicy(arn));
            case RoleComponent.InInstanceProfile(String profile) -> List.of(new Step.LeaveInstanceProfile(profile));
        };
    }
}
