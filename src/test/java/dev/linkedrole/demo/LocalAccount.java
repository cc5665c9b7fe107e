package dev.linkedrole.demo;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.policybuilder.iam.IamStatement;
import software.amazon.awssdk.policybuilder.iam.IamValue;
import software.amazon.awssdk.services.iam.IamAsyncClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The AWS account of the demo, seen from outside the service: what a producer sends and an auditor reads. */
final class LocalAccount implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration OFTEN = Duration.ofMillis(100);

    private final SqsAsyncClient sqs = SqsAsyncClient.create();
    private final IamAsyncClient iam = IamAsyncClient.builder().build();

    void send(String queue, String body) {
        sqs.sendMessage(r -> r.queueUrl(url(queue)).messageBody(body)).join();
    }

    /** Waits until a queue has nothing waiting and nothing in flight. */
    void awaitDone(String queue) {
        Awaitility.await("the queue " + queue + " to be empty")
                .atMost(TIMEOUT)
                .pollInterval(OFTEN)
                .until(() -> sqs
                        .getQueueAttributes(r -> r.queueUrl(url(queue))
                                .attributeNames(
                                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                        .join()
                        .attributes()
                        .values()
                        .stream()
                        .allMatch("0"::equals));
    }

    /** Reads all messages of a queue, with their attributes. */
    List<Message> read(String queue) {
        return sqs.receiveMessage(r -> r.queueUrl(url(queue))
                        .maxNumberOfMessages(10)
                        .waitTimeSeconds(1)
                        .messageAttributeNames("All"))
                .join()
                .messages();
    }

    private String url(String queue) {
        return sqs.getQueueUrl(r -> r.queueName(queue)).join().queueUrl();
    }

    /** Trust policy of a role in IAM; empty if there is no such role. */
    Optional<String> trustPolicy(String role) {
        try {
            return Optional.of(
                    decode(iam.getRole(r -> r.roleName(role)).join().role().assumeRolePolicyDocument()));
        } catch (CompletionException e) {
            if (e.getCause() instanceof NoSuchEntityException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Names of all roles of instances. */
    SortedSet<String> roles() {
        return iam.listRoles(r -> r.pathPrefix("/linked-role/")).join().roles().stream()
                .map(role -> role.roleName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Permissions of a role in IAM, a line for each resource of each statement; none if there is no such role. */
    SortedSet<String> permissions(String role) {
        SortedSet<String> lines = new TreeSet<>();
        if (trustPolicy(role).isPresent()) {
            for (String policy :
                    iam.listRolePolicies(r -> r.roleName(role)).join().policyNames()) {
                String document = iam.getRolePolicy(r -> r.roleName(role).policyName(policy))
                        .join()
                        .policyDocument();
                IamPolicy.fromJson(decode(document)).statements().forEach(statement -> lines.addAll(lines(statement)));
            }
        }
        return lines;
    }

    private static List<String> lines(IamStatement statement) {
        String actions = String.join(
                ", ", statement.actions().stream().map(IamValue::value).toList());
        String conditions = statement.conditions().isEmpty()
                ? ""
                : "  where "
                        + String.join(
                                " and ",
                                statement.conditions().stream()
                                        .map(c -> c.key().value() + " is " + c.value())
                                        .toList());
        return statement.resources().stream()
                .map(resource -> actions + "  on  " + resource.value() + conditions)
                .toList();
    }

    Map<String, String> tags(String role) {
        return iam.listRoleTags(r -> r.roleName(role)).join().tags().stream()
                .collect(Collectors.toMap(Tag::key, Tag::value));
    }

    private static String decode(String document) {
        return URLDecoder.decode(document.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        sqs.close();
        iam.close();
    }
}
