package dev.linkedrole.role;

import java.util.List;
import java.util.Optional;

/** The steps that write or remove one component of a role. */
final class ComponentSteps {

    private ComponentSteps() {}

    /** Writes a policy anew that is there. */
    static Step rewriting(Home home, String document, PolicyArns arns) {
        return home.isInline()
                ? new Step.PutInlinePolicy(Home.INLINE_POLICY, document)
                : new Step.PutPolicyVersion(arns.of(home), document);
    }

    /** The step for what is neither a policy nor the description: those have an order of their own. */
    static Optional<Step> putting(Facet facet, WantedRole.Present wanted) {
        return switch (facet) {
            case Facet.Trust() -> Optional.of(new Step.PutTrustPolicy(wanted.trustPolicy()));
            case Facet.Tags() -> Optional.of(new Step.PutTags(wanted.tags()));
            case Facet.Boundary() -> wanted.permissionsBoundary().map(Step.PutBoundary::new);
            case Facet.Description description -> Optional.empty();
            case Facet.Inline inline -> Optional.empty();
            case Facet.Managed managed -> Optional.empty();
            case Facet.Attached(String other) -> throw neverWanted(other);
            case Facet.InInstanceProfile(String other) -> throw neverWanted(other);
        };
    }

    private static IllegalStateException neverWanted(String facet) {
        return new IllegalStateException("no role is ever wanted with " + facet);
    }

    /** Trust, tags, boundary and description go with the role and are never taken off one that stays. */
    static List<Step> removing(Facet facet, PolicyArns arns) {
        return switch (facet) {
            case Facet.Trust(), Facet.Tags(), Facet.Boundary(), Facet.Description() -> List.of();
            case Facet.Inline(String policy) -> List.of(new Step.DeleteInlinePolicy(policy));
            case Facet.Managed(Home home) ->
                List.of(new Step.DetachPolicy(arns.of(home)), new Step.DeletePolicy(arns.of(home)));
            case Facet.Attached(String arn) -> List.of(new Step.DetachPolicy(arn));
            case Facet.InInstanceProfile(String profile) -> List.of(new Step.LeaveInstanceProfile(profile));
        };
    }
}
