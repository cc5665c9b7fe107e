package dev.linkedrole.role;

import java.util.SortedMap;

/** One call to IAM that brings a role nearer to what is wanted. Each may be repeated without harm. */
public sealed interface Step {

    /** What the step does, in words for the history. */
    String summary();

    /** Make the role, with its trust policy, tags and boundary, but no permissions yet. */
    record CreateRole(WantedRole.Present role) implements Step {
        @Override
        public String summary() {
            return "created the role";
        }
    }

    record PutTrustPolicy(String document) implements Step {
        @Override
        public String summary() {
            return "set the trust policy";
        }
    }

    record PutTags(SortedMap<String, String> tags) implements Step {
        @Override
        public String summary() {
            return "set the ownership tags";
        }
    }

    record PutBoundary(String policyArn) implements Step {
        @Override
        public String summary() {
            return "set the permissions boundary";
        }
    }

    record PutDescription(String description) implements Step {
        @Override
        public String summary() {
            return "set the description";
        }
    }

    record PutInlinePolicy(String policy, String document) implements Step {
        @Override
        public String summary() {
            return "put the inline policy " + policy;
        }
    }

    record DeleteInlinePolicy(String policy) implements Step {
        @Override
        public String summary() {
            return "deleted the inline policy " + policy;
        }
    }

    record DetachPolicy(String policyArn) implements Step {
        @Override
        public String summary() {
            return "detached the managed policy " + policyArn;
        }
    }

    record LeaveInstanceProfile(String profile) implements Step {
        @Override
        public String summary() {
            return "took the role out of the instance profile " + profile;
        }
    }

    record DeleteRole() implements Step {
        @Override
        public String summary() {
            return "deleted the role";
        }
    }
}
