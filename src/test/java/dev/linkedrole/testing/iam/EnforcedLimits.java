package dev.linkedrole.testing.iam;

import dev.linkedrole.testing.aws.AwsTestClients;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;

/**
 * Enforces limits of IAM that local AWSs do not: the size of policies, their number on a role, the number of versions,
 * and no deletion of a policy in use.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM quotas</a>
 */
public final class EnforcedLimits implements ExecutionInterceptor {

    private static final int MAX_INLINE = 10_240;
    private static final int MAX_MANAGED = 6_144;
    private static final int MAX_ATTACHED = 10;
    private static final int MAX_VERSIONS = 5;

    private final IamClient iam = AwsTestClients.PLAIN_IAM;

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        switch (context.request()) {
            case PutRolePolicyRequest put ->
                require(
                        characters(put.policyDocument()) + othersInline(put) <= MAX_INLINE,
                        "Maximum policy size of 10240 bytes exceeded for role " + put.roleName());
            case CreatePolicyRequest create -> requireManaged(create.policyDocument());
            case CreatePolicyVersionRequest create -> {
                requireManaged(create.policyDocument());
                require(
                        versions(create.policyArn()) < MAX_VERSIONS,
                        "A managed policy can have up to 5 versions: " + create.policyArn());
            }
            case AttachRolePolicyRequest attach ->
                require(othersAttached(attach) < MAX_ATTACHED, "Cannot exceed quota for PoliciesPerRole: 10");
            case DeletePolicyRequest delete -> requireUnused(delete.policyArn());
            default -> {}
        }
    }

    /** Size of a policy in characters, as IAM counts them. */
    public static int characters(String document) {
        return document.replaceAll("\\s", "").length();
    }

    private static void requireManaged(String document) {
        require(characters(document) <= MAX_MANAGED, "Cannot exceed quota for PolicySize: 6144");
    }

    /** Requires that a policy is attached nowhere and has one version only, since IAM deletes no other. */
    private void requireUnused(String policyArn) {
        boolean attached;
        try {
            // ListEntitiesForPolicy is not used, since moto looks at the first hundred roles of the account only.
            attached = iam.getPolicy(r -> r.policyArn(policyArn)).policy().attachmentCount() > 0;
        } catch (NoSuchEntityException e) {
            return;
        }
        if (attached || versions(policyArn) > 1) {
            throw rejection(DeleteConflictException.builder(), "DeleteConflict", "It is in use: " + policyArn);
        }
    }

    private int othersInline(PutRolePolicyRequest put) {
        try {
            return iam.listRolePoliciesPaginator(r -> r.roleName(put.roleName())).policyNames().stream()
                    .filter(policy -> !policy.equals(put.policyName()))
                    .mapToInt(policy -> characters(IamReader.decode(
                            iam.getRolePolicy(r -> r.roleName(put.roleName()).policyName(policy))
                                    .policyDocument())))
                    .sum();
        } catch (NoSuchEntityException e) {
            return 0;
        }
    }

    private int versions(String policyArn) {
        try {
            return iam.listPolicyVersions(r -> r.policyArn(policyArn))
                    .versions()
                    .size();
        } catch (NoSuchEntityException e) {
            return 0;
        }
    }

    private int othersAttached(AttachRolePolicyRequest attach) {
        try {
            return Math.toIntExact(
                    iam
                            .listAttachedRolePoliciesPaginator(r -> r.roleName(attach.roleName()))
                            .attachedPolicies()
                            .stream()
                            .filter(policy -> !policy.policyArn().equals(attach.policyArn()))
                            .count());
        } catch (NoSuchEntityException e) {
            return 0;
        }
    }

    private static void require(boolean allowed, String message) {
        if (!allowed) {
            throw rejection(LimitExceededException.builder(), "LimitExceeded", message);
        }
    }

    private static AwsServiceException rejection(AwsServiceException.Builder exception, String code, String message) {
        return exception
                .statusCode(409)
                .message(message)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }
}
