package dev.linkedrole.iammodel;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.iam.model.ConcurrentModificationException;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.InvalidInputException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.UnmodifiableEntityException;

/**
 * Errors of IAM: code and HTTP status.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html#API_CreateRole_Errors">Errors
 *     of each operation</a>
 */
public final class IamFaults {

    private IamFaults() {}

    static IamException noSuchRole(String name) {
        return noSuch("The role with name " + name + " cannot be found.");
    }

    public static IamException noSuch(String message) {
        return fault(NoSuchEntityException.builder(), 404, "NoSuchEntity", message);
    }

    public static IamException existing(String message) {
        return exists(message);
    }

    static IamException exists(String message) {
        return fault(EntityAlreadyExistsException.builder(), 409, "EntityAlreadyExists", message);
    }

    static IamException concurrentModification(String thing) {
        return fault(
                ConcurrentModificationException.builder(),
                409,
                "ConcurrentModification",
                "Multiple requests to change " + thing + " were submitted simultaneously. Wait, and try again.");
    }

    public static IamException deleteConflict(String message) {
        return fault(DeleteConflictException.builder(), 409, "DeleteConflict", message);
    }

    static IamException limitExceeded(String message) {
        return fault(LimitExceededException.builder(), 409, "LimitExceeded", message);
    }

    static IamException malformed(String message) {
        return fault(MalformedPolicyDocumentException.builder(), 400, "MalformedPolicyDocument", message);
    }

    static IamException invalid(String message) {
        return fault(InvalidInputException.builder(), 400, "InvalidInput", message);
    }

    /** The error for a malformed parameter, before any look-up. */
    static IamException validation(String message) {
        return fault(IamException.builder(), 400, "ValidationError", message);
    }

    static IamException unmodifiable(String name) {
        return fault(
                UnmodifiableEntityException.builder(),
                400,
                "UnmodifiableEntity",
                "Cannot perform the operation on the protected role '" + name
                        + "' - this role is only modifiable by AWS");
    }

    public static IamException accessDenied(String operation, String resource) {
        return fault(
                IamException.builder(),
                403,
                "AccessDenied",
                "User is not authorized to perform: iam:" + operation + " on resource: " + resource);
    }

    /** IAM's error for too many calls. */
    public static IamException throttling() {
        return fault(IamException.builder(), 400, "Throttling", "Rate exceeded");
    }

    /** IAM's error when the service itself fails. */
    public static IamException serviceFailure() {
        return fault(IamException.builder(), 500, "ServiceFailure", "The request processing has failed");
    }

    private static IamException fault(IamException.Builder builder, int status, String code, String message) {
        return (IamException) builder.awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .serviceName("Iam")
                        .build())
                .message(message)
                .statusCode(status)
                .build();
    }
}
