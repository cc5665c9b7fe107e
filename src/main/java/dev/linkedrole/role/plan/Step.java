package dev.linkedrole.role.plan;

import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.state.DesiredRole;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A call to IAM that brings a role closer to the desired state. Each may be repeated without harm. */
public sealed interface Step {

    /** Describes the finished step, for the history. */
    default String summary() {
        return switch (this) {
            case CreateRole step -> "created the role";
            case PutTrustPolicy step -> "set the trust policy";
            case PutTags step -> "set the ownership tags";
            case PutBoundary step -> "set the permissions boundary";
            case PutDescription step -> "set the description";
            case PutInlinePolicy step -> "put the inline policy " + step.policy();
            case DeleteInlinePolicy step -> "deleted the inline policy " + step.policy();
            case CreatePolicy step -> "made the managed policy " + step.policyArn();
            case PutPolicyVersion step -> "put a new version of the managed policy " + step.policyArn();
            case AttachPolicy step -> "attached the managed policy " + step.policyArn();
            case DeletePolicy step -> "deleted the managed policy " + step.policyArn();
            case DetachPolicy step -> "detached the managed policy " + step.policyArn();
            case LeaveInstanceProfile step -> "took the role out of the instance profile " + step.profile();
            case DeleteRole step -> "deleted the role";
        };
    }

    /** Describes the step to be done, for a condition. */
    default String order() {
        return switch (this) {
            case CreateRole step -> "create the role";
            case PutTrustPolicy step -> "set the trust policy";
            case PutTags step -> "set the ownership tags";
            case PutBoundary step -> "set the permissions boundary";
            case PutDescription step -> "set the description";
            case PutInlinePolicy step -> "put the inline policy " + step.policy();
            case DeleteInlinePolicy step -> "delete the inline policy " + step.policy();
            case CreatePolicy step -> "make the managed policy " + step.policyArn();
            case PutPolicyVersion step -> "put a new version of the managed policy " + step.policyArn();
            case AttachPolicy step -> "attach the managed policy " + step.policyArn();
            case DeletePolicy step -> "delete the managed policy " + step.policyArn();
            case DetachPolicy step -> "detach the managed policy " + step.policyArn();
            case LeaveInstanceProfile step -> "take the role out of the instance profile " + step.profile();
            case DeleteRole step -> "delete the role";
        };
    }

    /**
     * Make the role, with its trust policy, tags and boundary, but no permissions yet.
     *
     * @param recordedAt when the identity was recorded that it is made for; empty if that is not known, or IAM makes it without tags
     */
    record CreateRole(DesiredRole.Present role, Optional<Instant> recordedAt) implements Step {

        /** A creation without a known time at which its identity was recorded. */
        public CreateRole(DesiredRole.Present role) {
            this(role, Optional.empty());
        }

        /** The tags that it is created with. */
        public SortedMap<String, String> tags() {
            SortedMap<String, String> tags = new TreeMap<>(role.tags());
            recordedAt.ifPresent(at -> tags.put(RoleTags.RECORDED_TAG, at.toString()));
            return tags;
        }
    }

    record PutTrustPolicy(String document) implements Step {}

    record PutTags(SortedMap<String, String> tags) implements Step {}

    record PutBoundary(String policyArn) implements Step {}

    record PutDescription(String description) implements Step {}

    record PutInlinePolicy(String policy, String document) implements Step {}

    record DeleteInlinePolicy(String policy) implements Step {}

    /** Make a managed policy of the role's own; if there is one of that name, ours by its tags, it is put a new version of. */
    record CreatePolicy(String policyArn, String document, SortedMap<String, String> tags) implements Step {}

    /** Put a new version of a managed policy in force, and delete the oldest if there are many. */
    record PutPolicyVersion(String policyArn, String document) implements Step {}

    record AttachPolicy(String policyArn) implements Step {}

    /** Delete a managed policy with all its versions. It has to be detached. */
    record DeletePolicy(String policyArn) implements Step {}

    record DetachPolicy(String policyArn) implements Step {}

    record LeaveInstanceProfile(String profile) implements Step {}

    record DeleteRole() implements Step {}
}
