package dev.linkedrole.role.plan;

import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.state.DesiredRole;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One call to IAM that brings a role nearer to what is wanted. Each may be repeated without harm. */
public sealed interface Step {

    /** Describes the finished step, for the history. */
    String summary();

    /** Describes the step to be done, for a condition. */
    String order();

    /**
     * Make the role, with its trust policy, tags and boundary, but no permissions yet.
     *
     * @param recordedAt when the identity was recorded that it is made for; empty if that is not known, or IAM makes it without tags
     */
    record CreateRole(DesiredRole.Present role, Optional<Instant> recordedAt) implements Step {

        /** One of which nobody knows when its identity was recorded. */
        public CreateRole(DesiredRole.Present role) {
            this(role, Optional.empty());
        }

        /** The tags that it is created with. */
        public SortedMap<String, String> tags() {
            SortedMap<String, String> tags = new TreeMap<>(role.tags());
            recordedAt.ifPresent(at -> tags.put(RoleTags.RECORDED_TAG, at.toString()));
            return tags;
        }

        @Override
        public String summary() {
            return "created the role";
        }

        @Override
        public String order() {
            return "create the role";
        }
    }

    record PutTrustPolicy(String document) implements Step {
        @Override
        public String summary() {
            return "set the trust policy";
        }

        @Override
        public String order() {
            return "set the trust policy";
        }
    }

    record PutTags(SortedMap<String, String> tags) implements Step {
        @Override
        public String summary() {
            return "set the ownership tags";
        }

        @Override
        public String order() {
            return "set the ownership tags";
        }
    }

    record PutBoundary(String policyArn) implements Step {
        @Override
        public String summary() {
            return "set the permissions boundary";
        }

        @Override
        public String order() {
            return "set the permissions boundary";
        }
    }

    record PutDescription(String description) implements Step {
        @Override
        public String summary() {
            return "set the description";
        }

        @Override
        public String order() {
            return "set the description";
        }
    }

    record PutInlinePolicy(String policy, String document) implements Step {
        @Override
        public String summary() {
            return "put the inline policy " + policy;
        }

        @Override
        public String order() {
            return "put the inline policy " + policy;
        }
    }

    record DeleteInlinePolicy(String policy) implements Step {
        @Override
        public String summary() {
            return "deleted the inline policy " + policy;
        }

        @Override
        public String order() {
            return "delete the inline policy " + policy;
        }
    }

    /** Make a managed policy of the role's own; if there is one of that name, ours by its tags, it is put a new version of. */
    record CreatePolicy(String policyArn, String document, SortedMap<String, String> tags) implements Step {
        @Override
        public String summary() {
            return "made the managed policy " + policyArn;
        }

        @Override
        public String order() {
            return "make the managed policy " + policyArn;
        }
    }

    /** Put a new version of a managed policy in force, and delete the oldest if there are many. */
    record PutPolicyVersion(String policyArn, String document) implements Step {
        @Override
        public String summary() {
            return "put a new version of the managed policy " + policyArn;
        }

        @Override
        public String order() {
            return "put a new version of the managed policy " + policyArn;
        }
    }

    record AttachPolicy(String policyArn) implements Step {
        @Override
        public String summary() {
            return "attached the managed policy " + policyArn;
        }

        @Override
        public String order() {
            return "attach the managed policy " + policyArn;
        }
    }

    /** Delete a managed policy with all its versions. It has to be detached. */
    record DeletePolicy(String policyArn) implements Step {
        @Override
        public String summary() {
            return "deleted the managed policy " + policyArn;
        }

        @Override
        public String order() {
            return "delete the managed policy " + policyArn;
        }
    }

    record DetachPolicy(String policyArn) implements Step {
        @Override
        public String summary() {
            return "detached the managed policy " + policyArn;
        }

        @Override
        public String order() {
            return "detach the managed policy " + policyArn;
        }
    }

    record LeaveInstanceProfile(String profile) implements Step {
        @Override
        public String summary() {
            return "took the role out of the instance profile " + profile;
        }

        @Override
        public String order() {
            return "take the role out of the instance profile " + profile;
        }
    }

    record DeleteRole() implements Step {
        @Override
        public String summary() {
            return "deleted the role";
        }

        @Override
        public String order() {
            return "delete the role";
        }
    }
}
