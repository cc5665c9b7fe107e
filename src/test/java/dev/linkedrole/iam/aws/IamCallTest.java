package dev.linkedrole.iam.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.linkedrole.iam.IamCallException.Kind;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.iam.IamAsyncClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.IamRequest;

/** The meaning of each error for each call. The SDK's synchronous client lists the errors that IAM declares. */
class IamCallTest {

    /** Return types of the client's methods that call IAM. */
    private static final Pattern ANSWERS = Pattern.compile("(CompletableFuture|Publisher)$");

    @Test
    void every_call_that_is_made_is_in_the_table() {
        // Given all calls in the code
        Set<String> made = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.linkedrole")
                        .stream()
                        .flatMap(type -> type.getMethodCallsFromSelf().stream())
                        .filter(call -> call.getTargetOwner().isEquivalentTo(IamAsyncClient.class))
                        .filter(call -> ANSWERS.matcher(
                                        call.getTarget().getRawReturnType().getName())
                                .find())
                        .map(call -> call.getName().replaceFirst("Paginator$", ""))
                        .map(IamCallTest::operation)
                        .collect(Collectors.toCollection(TreeSet::new));

        // Then
        assertThat(Arrays.stream(IamCall.values()).map(IamCall::operation)).containsExactlyInAnyOrderElementsOf(made);
    }

    @ParameterizedTest
    @EnumSource
    void every_error_that_is_declared_for_a_call_has_a_meaning(IamCall call) {
        // Given
        List<String> declared = declared(call);

        // Then
        assertThat(declared).contains("ServiceFailure");
        assertThat(declared)
                .allSatisfy(code -> assertThat(IamCall.kindOf(call.operation(), code))
                        .as(code)
                        .isPresent());
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_means_what_the_table_says(IamCall call) {
        assertThat(declared(call))
                .allSatisfy(code -> assertThat(IamErrors.classify(call.operation(), answer(code))
                                .kind())
                        .as(code)
                        .isEqualTo(IamCall.kindOf(call.operation(), code).orElseThrow()));
    }

    @ParameterizedTest
    @CsvSource({
        "GetRole,                    NoSuchEntity,   NOT_FOUND,         the role",
        "CreateRole,                 NoSuchEntity,   REFERENCE_MISSING, its boundary",
        "CreateServiceLinkedRole,    NoSuchEntity,   REFUSED,           the service",
        "PutRolePermissionsBoundary, NoSuchEntity,   NOT_FOUND,         the role or the boundary",
        "AttachRolePolicy,           NoSuchEntity,   NOT_FOUND,         the role or the policy",
        "CreateRole,                 LimitExceeded,  REFUSED,           the account's roles",
        "CreatePolicy,               LimitExceeded,  REFUSED,           the account's policies",
        "CreatePolicyVersion,        LimitExceeded,  LIMIT_EXCEEDED,    the policy's versions",
        "AttachRolePolicy,           LimitExceeded,  LIMIT_EXCEEDED,    what is attached to the role",
        "PutRolePolicy,              LimitExceeded,  LIMIT_EXCEEDED,    the role's inline policies",
        "UpdateAssumeRolePolicy,     LimitExceeded,  REFUSED,           the trust policy",
        "TagRole,                    LimitExceeded,  REFUSED,           the role's tags",
        "DeleteRole,                 DeleteConflict, DELETE_CONFLICT,   what is on the role",
        "DeletePolicyVersion,        DeleteConflict, REFUSED,           the version in force",
    })
    void a_code_is_read_with_the_subject_of_its_call(String operation, String code, Kind kind, String subject) {
        assertThat(IamErrors.classify(operation, answer(code)).kind())
                .as(subject)
                .isEqualTo(kind);
    }

    /** Returns the errors in the API model, from which the SDK generates its methods. */
    private static List<String> declared(IamCall call) {
        return Stream.of(IamClient.class.getMethods())
                .filter(method -> operation(method.getName()).equals(call.operation()))
                .filter(IamCallTest::takesRequest)
                .flatMap(method -> Stream.of(method.getExceptionTypes()))
                .filter(type -> IamException.class.isAssignableFrom(type) && type != IamException.class)
                .map(type -> type.getSimpleName().replaceFirst("Exception$", ""))
                .distinct()
                .toList();
    }

    private static boolean takesRequest(Method method) {
        return method.getParameterCount() == 1 && IamRequest.class.isAssignableFrom(method.getParameterTypes()[0]);
    }

    private static String operation(String method) {
        return method.substring(0, 1).toUpperCase(Locale.ROOT) + method.substring(1);
    }

    private static Throwable answer(String code) {
        return IamException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("because")
                        .build())
                .build();
    }
}
