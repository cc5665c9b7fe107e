package dev.linkedrole.role.plan;

import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.Events;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.policy.PolicyDocument;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.ManagedPolicy;
import dev.linkedrole.role.state.ObservedRole;
import dev.linkedrole.role.state.Permission;
import dev.linkedrole.role.state.PolicyArns;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Simple model of a role in IAM after some calls: it rejects what IAM rejects. */
public record ModelRole(
        boolean exists,
        String trustPolicy,
        SortedMap<String, String> tags,
        Optional<String> boundary,
        SortedMap<String, String> inlinePolicies,
        SortedSet<String> attachedPolicies,
        SortedMap<String, String> managedPolicies) {

    public static final String ARN =
            "arn:aws:iam::111122223333:role/linked-role/LinkedRole_0b6c1d1e6f7a4c4e9a532f3f5b8f9c01";

    public static final PolicyArns ARNS =
            PolicyArns.of(ARN, "/linked-role/", RoleName.of("LinkedRole_", Events.INSTANCE.id()));

    /** Maximum number of policies that IAM attaches to a role. */
    static final int MAX_ATTACHED = 10;

    public static ModelRole none() {
        return new ModelRole(
                false, "", new TreeMap<>(), Optional.empty(), new TreeMap<>(), new TreeSet<>(), new TreeMap<>());
    }

    /** Returns a role that is as desired. */
    public static ModelRole like(DesiredRole.Present desired) {
        return new ModelRole(
                true,
                desired.trustPolicy(),
                desired.tags(),
                desired.permissionsBoundary(),
                desired.inlinePolicies(),
                new TreeSet<>(),
                new TreeMap<>());
    }

    public ModelRole after(Plan plan) {
        ModelRole role = this;
        for (Step step : plan.steps()) {
            role = role.after(step);
        }
        return role;
    }

    public ModelRole after(Step step) {
        if (exists == step instanceof Step.CreateRole) {
            throw new AssertionError("IAM rejects " + step + " of " + this);
        }
        return switch (step) {
            case Step.CreateRole(DesiredRole.Present desired, Optional<Instant> recordedAt) ->
                like(desired).withInline(new TreeMap<>());
            case Step.PutTrustPolicy(String document) -> withTrust(document);
            case Step.PutTags(SortedMap<String, String> more) -> withTags(with(tags, more));
            case Step.PutBoundary(String policyArn) -> withBoundary(Optional.of(policyArn));
            case Step.PutInlinePolicy(String policy, String document) ->
                withInline(with(inlinePolicies, new TreeMap<>(Map.of(policy, document))))
                        .require(role -> role.inlineSize() <= 10_240, step);
            case Step.DeleteInlinePolicy(String policy) -> withInline(without(policy));
            case Step.CreatePolicy(String arn, String document, SortedMap<String, String> ownership) ->
                require(role -> !managedPolicies.containsKey(arn) && PolicyDocument.size(document) <= 6_144, step)
                        .withManaged(with(managedPolicies, new TreeMap<>(Map.of(arn, document))));
            case Step.PutPolicyVersion(String arn, String document) ->
                require(role -> managedPolicies.containsKey(arn) && PolicyDocument.size(document) <= 6_144, step)
                        .withManaged(with(managedPolicies, new TreeMap<>(Map.of(arn, document))));
            case Step.AttachPolicy(String arn) ->
                require(role -> managedPolicies.containsKey(arn), step)
                        .withAttached(withAlsoAttached(arn))
                        .require(role -> role.attachedPolicies().size() <= MAX_ATTACHED, step);
            case Step.DeletePolicy(String arn) ->
                require(role -> !attachedPolicies.contains(arn), step).withManaged(withoutManaged(arn));
            case Step.DetachPolicy(String policyArn) -> withAttached(withoutAttached(policyArn));
            case Step.DeleteRole() -> deleted();
            default -> throw new AssertionError("the model does not know " + step);
        };
    }

    public ModelRole withTrust(String other) {
        return new ModelRole(exists, other, tags, boundary, inlinePolicies, attachedPolicies, managedPolicies);
    }

    public ModelRole withTags(SortedMap<String, String> other) {
        return new ModelRole(exists, trustPolicy, other, boundary, inlinePolicies, attachedPolicies, managedPolicies);
    }

    public ModelRole withBoundary(Optional<String> other) {
        return new ModelRole(exists, trustPolicy, tags, other, inlinePolicies, attachedPolicies, managedPolicies);
    }

    public ModelRole withInline(SortedMap<String, String> other) {
        return new ModelRole(exists, trustPolicy, tags, boundary, other, attachedPolicies, managedPolicies);
    }

    public ModelRole withAttached(SortedSet<String> other) {
        return new ModelRole(exists, trustPolicy, tags, boundary, inlinePolicies, other, managedPolicies);
    }

    public ModelRole withManaged(SortedMap<String, String> other) {
        return new ModelRole(exists, trustPolicy, tags, boundary, inlinePolicies, attachedPolicies, other);
    }

    private ModelRole require(Predicate<ModelRole> allowed, Step step) {
        if (!allowed.test(this)) {
            throw new AssertionError("IAM rejects " + step + " of " + this);
        }
        return this;
    }

    private int inlineSize() {
        return inlinePolicies.values().stream().mapToInt(PolicyDocument::size).sum();
    }

    /** Returns its present permissions. */
    public Set<Permission> permissions() {
        Set<Permission> permissions = new HashSet<>();
        Stream.concat(
                        inlinePolicies.values().stream(),
                        managedPolicies.entrySet().stream()
                                .filter(policy -> attachedPolicies.contains(policy.getKey()))
                                .map(Map.Entry::getValue))
                .forEach(policy -> permissions.addAll(Permission.in(policy)));
        return permissions;
    }

    /** Returns the role with its managed policies as the gateway to IAM would read them. */
    public ObservedRole asObserved() {
        SortedMap<PolicySlot, ManagedPolicy> managed = new TreeMap<>();
        managedPolicies.forEach(
                (arn, json) -> managed.put(ARNS.slotOf(arn).orElseThrow(), new ManagedPolicy("v1", json, tags)));
        return new ObservedRole(asRead(), ARNS, managed);
    }

    /** Returns the role as the gateway to IAM would read it. */
    public ActualRole.Present asRead() {
        return new ActualRole.Present(
                ARN, Events.at(0), "", trustPolicy, tags, boundary, inlinePolicies, attachedPolicies);
    }

    /** Returns the fingerprint of the role as read; empty if there is no role. */
    Optional<RoleFingerprint> fingerprint(DesiredRole.Present desired) {
        return exists ? Optional.of(asRead().fingerprint(desired)) : Optional.empty();
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

    private SortedSet<String> withAlsoAttached(String policyArn) {
        SortedSet<String> all = new TreeSet<>(attachedPolicies);
        all.add(policyArn);
        return all;
    }

    private SortedMap<String, String> withoutManaged(String policyArn) {
        SortedMap<String, String> rest = new TreeMap<>(managedPolicies);
        rest.remove(policyArn);
        return rest;
    }

    private static SortedMap<String, String> with(SortedMap<String, String> some, SortedMap<String, String> more) {
        SortedMap<String, String> all = new TreeMap<>(some);
        all.putAll(more);
        return all;
    }
}
