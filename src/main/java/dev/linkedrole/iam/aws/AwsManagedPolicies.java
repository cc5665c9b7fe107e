package dev.linkedrole.iam.aws;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.retry.Backoff;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.role.state.ManagedPolicy;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.IamAsyncClient;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyVersion;

/**
 * Managed policies and their versions.
 *
 * <p>IAM keeps at most five versions of a policy and never reuses a number. Four are kept, so that there is always room
 * for the next one: after a new version is put, the one that is four older is deleted, without listing the versions.
 */
final class AwsManagedPolicies {

    private static final int KEPT_VERSIONS = 4;

    private static final int DETACHED_ATTEMPTS = 5;
    private static final Backoff UNTIL_DETACHED = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2));

    private static final Pattern VERSION = Pattern.compile("v([0-9]{1,9})");
    private static final Pattern PATH_AND_NAME = Pattern.compile("arn:[^:]+:iam::[^:]*:policy(/|/.*/)([^/]+)");

    private final IamAsyncClient iam;
    private final Retry retry;

    AwsManagedPolicies(IamAsyncClient iam, Retry retry) {
        this.iam = iam;
        this.retry = retry;
    }

    Uni<Optional<ManagedPolicy>> policy(String policyArn) {
        return getPolicy(policyArn)
                .flatMap(policy -> document(policyArn, policy.defaultVersionId())
                        .map(document -> new ManagedPolicy(
                                policy.defaultVersionId(), document, IamRequests.tagsOf(policy.tags()))))
                .map(Optional::of)
                .onFailure(failure -> IamCallException.is(failure, Kind.NOT_FOUND))
                .recoverWithItem(Optional.empty());
    }

    private Uni<Policy> getPolicy(String policyArn) {
        return IamRequests.call("GetPolicy", () -> iam.getPolicy(r -> r.policyArn(policyArn)))
                .map(response -> response.policy());
    }

    private Uni<String> document(String policyArn, String version) {
        return IamRequests.call(
                        "GetPolicyVersion",
                        () -> iam.getPolicyVersion(r -> r.policyArn(policyArn).versionId(version)))
                .map(response -> IamRequests.decode(response.policyVersion().document()));
    }

    /**
     * Creates a policy; if one of ours exists already, since its maker died before recording it, it gets a new version.
     */
    Uni<Optional<String>> create(Step.CreatePolicy step) {
        Matcher arn = PATH_AND_NAME.matcher(step.policyArn());
        if (!arn.matches()) {
            throw new IllegalArgumentException("no managed policy can have the ARN " + step.policyArn());
        }
        return IamRequests.done(
                        "CreatePolicy",
                        () -> iam.createPolicy(r -> r.policyName(arn.group(2))
                                .path(arn.group(1))
                                .policyDocument(step.document())
                                .tags(IamRequests.tags(step.tags()))))
                .onFailure(failure -> IamCallException.is(failure, Kind.ALREADY_EXISTS))
                .recoverWithUni(failure -> putIfOurs(step, failure));
    }

    private Uni<Optional<String>> putIfOurs(Step.CreatePolicy step, Throwable exists) {
        return policy(step.policyArn()).flatMap(found -> {
            if (found.isEmpty()) {
                // The policy is not visible, so its owner is unknown.
                return Uni.createFrom().failure(exists);
            }
            return found.get().has(step.tags())
                    ? put(step.policyArn(), step.document())
                    : Uni.createFrom().failure(nameTaken(step));
        });
    }

    private static IamCallException nameTaken(Step.CreatePolicy step) {
        String message = "a managed policy of the name that " + step.policyArn() + " needs exists without the tags "
                + step.tags() + "; it is left as it is until it is removed";
        return new IamCallException(Kind.NAME_TAKEN, message);
    }

    Uni<Optional<String>> put(String policyArn, String document) {
        return putVersion(policyArn, document)
                .onFailure(failure -> IamCallException.is(failure, Kind.LIMIT_EXCEEDED))
                .recoverWithUni(() -> prune(policyArn).chain(() -> putVersion(policyArn, document)))
                // The new version is in force by now. A remaining old one does no harm until there is no room for the
                // next.
                .flatMap(version -> deleteOldest(policyArn, version)
                        .onFailure(failure -> IamCallException.is(failure, Kind.REFUSED))
                        .recoverWithItem(Optional.empty()));
    }

    private Uni<String> putVersion(String policyArn, String document) {
        return IamRequests.call(
                        "CreatePolicyVersion",
                        () -> iam.createPolicyVersion(r ->
                                r.policyArn(policyArn).policyDocument(document).setAsDefault(true)))
                .map(response -> response.policyVersion().versionId());
    }

    private Uni<Optional<String>> deleteOldest(String policyArn, String newest) {
        int oldest = number(newest) - KEPT_VERSIONS;
        return oldest < 1 ? Uni.createFrom().item(Optional.empty()) : deleteVersion(policyArn, "v" + oldest);
    }

    /** Deletes versions beyond those kept: a replica died before deleting one, or a person created some. */
    private Uni<Void> prune(String policyArn) {
        return versions(policyArn)
                .flatMap(versions -> deleteVersions(
                        policyArn,
                        notInForce(versions)
                                .sorted(Comparator.comparingInt(AwsManagedPolicies::number)
                                        .reversed())
                                .skip(KEPT_VERSIONS - 2)
                                .toList()));
    }

    private static Stream<String> notInForce(List<PolicyVersion> versions) {
        return versions.stream().filter(version -> !version.isDefaultVersion()).map(PolicyVersion::versionId);
    }

    Uni<Optional<String>> delete(String policyArn) {
        return versions(policyArn)
                .flatMap(versions ->
                        deleteVersions(policyArn, notInForce(versions).toList()))
                .chain(() -> deletePolicy(policyArn))
                .onFailure(failure -> IamCallException.is(failure, Kind.NOT_FOUND))
                .recoverWithItem(Optional.empty())
                .onFailure(failure -> IamCallException.is(failure, Kind.DELETE_CONFLICT))
                .transform(AwsManagedPolicies::inUse);
    }

    private Uni<Optional<String>> deletePolicy(String policyArn) {
        // The policy was detached a moment ago, which IAM may not show yet.
        return retry.upTo(
                DETACHED_ATTEMPTS,
                UNTIL_DETACHED,
                failure -> IamCallException.is(failure, Kind.DELETE_CONFLICT),
                () -> IamRequests.done("DeletePolicy", () -> iam.deletePolicy(r -> r.policyArn(policyArn))));
    }

    /**
     * Returns the failure for a policy that was detached from its role and that others have attached to another entity.
     */
    private static IamCallException inUse(Throwable conflict) {
        return new IamCallException(Kind.REFUSED, String.valueOf(conflict.getMessage()), conflict);
    }

    private Uni<Void> deleteVersions(String policyArn, List<String> versions) {
        return Multi.createFrom()
                .iterable(versions)
                .onItem()
                .transformToUniAndConcatenate(version -> deleteVersion(policyArn, version))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Optional<String>> deleteVersion(String policyArn, String version) {
        return IamRequests.gone(
                "DeletePolicyVersion",
                () -> iam.deletePolicyVersion(r -> r.policyArn(policyArn).versionId(version)));
    }

    /** Lists the versions: at most five, which is less than a page. */
    private Uni<List<PolicyVersion>> versions(String policyArn) {
        return IamRequests.call("ListPolicyVersions", () -> iam.listPolicyVersions(r -> r.policyArn(policyArn)))
                .map(response -> response.versions());
    }

    Uni<List<String>> versionsIfAny(String policyArn) {
        return versions(policyArn)
                .map(versions -> versions.stream()
                        .map(PolicyVersion::versionId)
                        .sorted(Comparator.comparingInt(AwsManagedPolicies::number)
                                .reversed())
                        .toList())
                .onFailure(failure -> IamCallException.is(failure, Kind.NOT_FOUND))
                .recoverWithItem(List.of());
    }

    private static int number(String version) {
        Matcher matcher = VERSION.matcher(version);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
