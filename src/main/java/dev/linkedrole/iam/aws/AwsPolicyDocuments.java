package dev.linkedrole.iam.aws;

import dev.linkedrole.iam.PolicyDocuments;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.state.ManagedPolicy;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.iam.IamAsyncClient;

/** Reader of managed policies in IAM. */
public final class AwsPolicyDocuments implements PolicyDocuments {

    private final AwsManagedPolicies policies;

    public AwsPolicyDocuments(IamAsyncClient iam, Retry retry) {
        this.policies = new AwsManagedPolicies(iam, retry);
    }

    @Override
    public Uni<Optional<ManagedPolicy>> policy(String policyArn) {
        return policies.policy(policyArn);
    }

    @Override
    public Uni<List<String>> versions(String policyArn) {
        return policies.versionsIfAny(policyArn);
    }
}
