package dev.linkedrole.iam;

import dev.linkedrole.role.state.ManagedPolicy;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * Reader of the documents of managed policies, the controller's own and others. Failed calls fail with an {@link
 * IamCallException}.
 */
public interface PolicyDocuments {

    /** Reads a policy with the version in force; empty if there is no such policy. Two calls to IAM. */
    Uni<Optional<ManagedPolicy>> policy(String policyArn);

    /** Lists the ids of all versions, newest first; none if there is no such policy. One call to IAM. */
    Uni<List<String>> versions(String policyArn);
}
