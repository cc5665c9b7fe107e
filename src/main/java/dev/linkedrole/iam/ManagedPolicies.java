package dev.linkedrole.iam;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** What managed policies say, whoever made them. A call that fails does so with an {@link IamCallException}. */
public interface ManagedPolicies {

    /** The version in force of a policy, as JSON; empty if there is no such policy. Two calls to IAM. */
    Uni<Optional<String>> document(String policyArn);
}
