package dev.linkedrole.iam;

import dev.linkedrole.role.state.ManagedPolicy;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** Reads documents of managed policies, the controller's own and others. A call that fails does so with an {@link IamCallException}. */
public interface PolicyDocuments {

    /** A policy with the version in force; empty if there is no such policy. Two calls to IAM. */
    Uni<Optional<ManagedPolicy>> policy(String policyArn);

    /** The ids of all its versions, newest first; none if there is no such policy. One call to IAM. */
    Uni<List<String>> versions(String policyArn);
}
