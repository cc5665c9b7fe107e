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
     * Creates the role with its trust policy, tags and boundary, but without permissions.
     *
     * @param recordedAt time of the record for which the role is created; empty if unknown, or if IAM creates the role
     *     without tags
     */
    record CreateRole(DesiredRole.Present role, Optional<Instant> recordedAt) implements Step {

        /** Creates a step without a known time of the record. */
        public CreateRole(DesiredRole.Present role) {
            this(role, Optional.empty());
        }

        /** Returns the tags with which the role is created. */
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

    /**
     * Creates a managed policy of the role's own; an existing one of that name that is ours by its tags gets a new
     * version.
     */
    record CreatePolicy(String policyArn, String document, SortedMap<String, String> tags) implements Step {}

    /** Puts a new version of a managed policy in force, and deletes the oldest if there are many. */
    record PutPolicyVersion(String policyArn, String document) implements Step {}

    record AttachPolicy(String policyArn) implements Step {}

    /** Deletes a managed policy with all its versions. It has to be detached. */
    record DeletePolicy(String policyArn) implements Step {}

    record DetachPolicy(String policyArn) implements Step {}

    record LeaveInstanceProfile(String profile) implements Step {}

    record DeleteRole() implements Step {}
}
