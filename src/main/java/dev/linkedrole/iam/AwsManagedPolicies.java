package dev.linkedrole.iam;

import dev.linkedrole.iam.IamCallException.Kind;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import software.amazon.awssdk.services.iam.IamAsyncClient;

/** Managed policies as IAM has them. */
public final class AwsManagedPolicies implements ManagedPolicies {

    private final IamAsyncClient iam;

    public AwsManagedPolicies(IamAsyncClient iam) {
        this.iam = iam;
    }

    @Override
    public Uni<Optional<String>> document(String policyArn) {
        return AwsRoleGateway.call("GetPolicy", () -> iam.getPolicy(r -> r.policyArn(policyArn)))
                .flatMap(response -> version(policyArn, response.policy().defaultVersionId()))
                .map(Optional::of)
                .onFailure(failure -> IamCallException.is(failure, Kind.NOT_FOUND))
                .recoverWithItem(Optional.empty());
    }

    private Uni<String> version(String policyArn, String version) {
        return AwsRoleGateway.call(
                        "GetPolicyVersion",
                        () -> iam.getPolicyVersion(r -> r.policyArn(policyArn).versionId(version)))
                .map(response -> AwsRoleGateway.decode(response.policyVersion().document()));
    }
}
