package dev.linkedrole.bench.pipeline;

import dev.linkedrole.bench.worker.Contender;
import dev.linkedrole.bench.worker.Work;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.iam.IamAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * The obvious handler: for each event it looks whether the role is there, reads its policy, adds the grant and puts it back. IAM
 * is all its memory. Events of an instance wait for each other, or it would lose grants; everything may be in hand at once,
 * which is the best that can happen to it. {@code IAM-ENDPOINT}.
 */
public final class NaiveHandler implements Contender {

    private static final Pattern BUCKET = Pattern.compile("\"(arn:aws:s3:::[^/\"]+)\"");

    private final IamAsyncClient iam;
    private final Turns turns = new Turns();

    public NaiveHandler(String iamEndpoint) {
        this.iam = Remote.iam(iamEndpoint);
    }

    @Override
    public Consuming begin(SqsAsyncClient sqs, String queueUrl, Work work) {
        return new BoundedLoop(sqs, queueUrl, work, Integer.MAX_VALUE, this::handle).start();
    }

    private CompletableFuture<?> handle(Event event) {
        String role = "Naive_" + event.instance();
        return turns.next(event.instance(), () -> event.created() ? create(role) : grant(role, event.resource()));
    }

    private CompletableFuture<?> create(String role) {
        return iam.createRole(c -> c.roleName(role).assumeRolePolicyDocument(Policy.TRUST))
                .thenCompose(created -> put(role, new TreeSet<>()));
    }

    private CompletableFuture<?> grant(String role, String bucket) {
        return iam.getRole(g -> g.roleName(role))
                .thenCompose(there -> iam.getRolePolicy(g -> g.roleName(role).policyName(Policy.NAME)))
                .thenCompose(policy -> {
                    TreeSet<String> buckets = new TreeSet<>();
                    Matcher found = BUCKET.matcher(URLDecoder.decode(policy.policyDocument(), StandardCharsets.UTF_8));
                    while (found.find()) {
                        buckets.add(found.group(1));
                    }
                    buckets.add(bucket);
                    return put(role, buckets);
                });
    }

    private CompletableFuture<?> put(String role, TreeSet<String> buckets) {
        return iam.putRolePolicy(p -> p.roleName(role).policyName(Policy.NAME).policyDocument(Policy.of(buckets)));
    }
}
