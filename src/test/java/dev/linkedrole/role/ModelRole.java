package dev.linkedrole.role;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A role as IAM would have it after some calls, as simple as can be: it refuses what IAM refuses. */
record ModelRole(
        boolean exists,
        String trustPolicy,
        SortedMap<String, String> tags,
        Optional<String> boundary,
        SortedMap<String, String> inlinePolicies,
        SortedSet<String> attachedPolicies) {

    static ModelRole none() {
        return new ModelRole(false, "", new TreeMap<>(), Optional.empty(), new TreeMap<>(), new TreeSet<>());
    }

    /** A role that is as wanted. */
    static ModelRole like(WantedRole.Present wanted) {
        return new ModelRole(
                true,
                wanted.trustPolicy(),
                wanted.tags(),
                wanted.permissionsBoundary(),
                wanted.inlinePolicies(),
                new TreeSet<>());
    }

    ModelRole after(Plan plan) {
        ModelRole role = this;
        for (Step step : plan.steps()) {
            role = role.after(step);
        }
        return role;
    }

    ModelRole after(Step step) {
        if (exists == step instanceof Step.CreateRole) {
            throw new AssertionError("IAM refuses " + step + " of " + this);
        }
        return switch (step) {
            case Step.CreateRole(WantedRole.Present wanted) -> like(wanted).withInline(new TreeMap<>());
            case Step.PutTrustPolicy(String document) -> withTrust(document);
            case Step.PutTags(SortedMap<String, String> more) -> withTags(with(tags, more));
            case Step.PutBoundary(String policyArn) -> withBoundary(Optional.of(policyArn));
            case Step.PutInlinePolicy(String policy, String document) ->
                withInline(with(inlinePolicies, new TreeMap<>(Map.of(policy, document))));
            case Step.DeleteInlinePolicy(String policy) -> withInline(without(policy));
            case Step.DetachPolicy(String policyArn) -> withAttached(withoutAttached(policyArn));
            case Step.DeleteRole() -> deleted();
            default -> throw new AssertionError("the model does not know " + step);
        };
    }

    ModelRole withTrust(String other) {
        return new ModelRole(exists, other, tags, boundary, inlinePolicies, attachedPolicies);
    }

    ModelRole withTags(SortedMap<String, String> other) {
        return new ModelRole(exists, trustPolicy, other, boundary, inlinePolicies, attachedPolicies);
    }

    ModelRole withBoundary(Optional<String> other) {
        return new ModelRole(exists, trustPolicy, tags, other, inlinePolicies, attachedPolicies);
    }

    ModelRole withInline(SortedMap<String, String> other) {
        return new ModelRole(exists, trustPolicy, tags, boundary, other, attachedPolicies);
    }

    ModelRole withAttached(SortedSet<String> other) {
        return new ModelRole(exists, trustPolicy, tags, boundary, inlinePolicies, other);
    }

    /** The role as the gateway to IAM would read it. */
    ActualRole.Present asRead() {
        return new ActualRole.Present(
                "arn:aws:iam::111122223333:role/linked-role/tests",
                Events.at(0),
                "",
                trustPolicy,
                tags,
                boundary,
                inlinePolicies,
                attachedPolicies);
    }

    /** What is known of it once it has been read: nothing if there is no role. */
    Optional<Footprint> footprint(WantedRole.Present wanted) {
        return exists ? Optional.of(asRead().footprint(wanted)) : Optional.empty();
    }

    private ModelRole deleted() {
        if (!inlinePolicies.isEmpty() || !attachedPolicies.isEmpty()) {
            throw new AssertionError("IAM deletes no role that has policies: " + this);
        }
        return none();
    }

    private SortedMap<String, String> without(String policy) {
        SortedMap<String, String> rest = new TreeMap<>(inlinePolicies);
        rest.remove(policy);
        return rest;
    }

    private SortedSet<String> withoutAttached(String policyArn) {
        SortedSet<String> rest = new TreeSet<>(attachedPolicies);
        rest.remove(policyArn);
        return rest;
    }

    private static SortedMap<String, String> with(SortedMap<String, String> some, SortedMap<String, String> more) {
        SortedMap<String, String> all = new TreeMap<>(some);
        all.putAll(more);
        return all;
    }
}
