package dev.linkedrole.iam.aws;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import dev.linkedrole.iam.AssumableRole;
import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.SessionName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.iam.IamAsyncClient;
import software.amazon.awssdk.services.sts.StsAsyncClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Sessions of assumed roles, one for each instance, each named after it: so CloudTrail in the instance's account says for
 * every call on whose behalf it was made. That is a call to STS for each instance and hour in which something is done for
 * it; STS takes hundreds a second, IAM far fewer.
 *
 * <p>The SDK's own provider of such credentials asks STS while its caller's thread waits, and the SDK's clients wait for
 * credentials that come later; so they are asked for here, and a client is made of them once they are there.
 */
final class RoleSessions {

    /** Time before their expiry at which credentials are no longer used: longer than any operation that is started with them. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    /**
     * Session length: the longest that a role allows which was itself assumed from another. It is counted from here, since the end that STS
     * tells is by a clock that may be hours away from this process's own.
     *
     * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
     */
    private static final Duration LENGTH = Duration.ofHours(1);

    private final StsAsyncClient sts;
    private final BiFunction<AwsCredentialsProvider, String, IamAsyncClient> clients;
    private final AsyncCache<Key, Attempt> open;

    /**
     * @param clients makes a client that uses these credentials, which are good in this account
     * @param most maximum number of sessions; the least recently used one is closed first
     */
    RoleSessions(StsAsyncClient sts, BiFunction<AwsCredentialsProvider, String, IamAsyncClient> clients, int most) {
        this.sts = sts;
        this.clients = clients;
        this.open = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfter(Expiry.creating((Key key, Attempt attempt) -> usable(attempt)))
                .scheduler(Scheduler.systemScheduler())
                .removalListener(RoleSessions::close)
                .buildAsync();
    }

    /** Time for which an attempt may be reused: none for a failed one, so that the next caller tries again. */
    private static Duration usable(Attempt attempt) {
        return attempt instanceof Session ? LENGTH.minus(MARGIN) : Duration.ZERO;
    }

    /** A client with the credentials of a session in an account, which is opened if it is not yet. */
    Uni<IamAsyncClient> client(AssumableRole role, SessionName name, String account) {
        // A copy: a cancelled subscriber must not cancel the others.
        return Uni.createFrom()
                .completionStage(() -> open.get(new Key(role, name, account), (key, executor) -> assume(key))
                        .copy())
                .map(attempt -> switch (attempt) {
                    case Session session -> session.iam();
                    case Failed failed -> throw StsErrors.classify("AssumeRole of " + role.arn(), failed.cause());
                });
    }

    /**
     * Has the next one open a session again. IAM rejects one whose role was deleted, even if it is there again.
     *
     * @param rejected the client of that session; one that was opened since is left
     */
    @SuppressWarnings("ReferenceEquality") // one client is meant, not one like it
    void forget(AssumableRole role, SessionName name, String account, IamAsyncClient rejected) {
        open.synchronous()
                .asMap()
                .computeIfPresent(
                        new Key(role, name, account),
                        (key, attempt) -> attempt instanceof Session session
                                        && session.iam().equals(rejected)
                                ? null
                                : attempt);
    }

    private CompletableFuture<Attempt> assume(Key key) {
        AssumeRoleRequest.Builder request = AssumeRoleRequest.builder()
                .roleArn(key.role().arn())
                .roleSessionName(key.name().value())
                .durationSeconds((int) LENGTH.toSeconds());
        key.role().externalId().ifPresent(request::externalId);
        return sts.assumeRole(request.build())
                .thenApply(response -> session(key, response))
                .exceptionally(Failed::new);
    }

    private Attempt session(Key key, AssumeRoleResponse response) {
        requireAccount(key.account(), response);
        Credentials given = response.credentials();
        AwsSessionCredentials credentials =
                AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
        return new Session(clients.apply(StaticCredentialsProvider.create(credentials), key.account()));
    }

    /** The worst that could happen is a role in another account than its instance, so STS's word is asked for, too. */
    private static void requireAccount(String expected, AssumeRoleResponse response) {
        String got = response.assumedRoleUser().arn();
        String account = Arn.fromString(got).accountId().orElse("");
        if (!account.equals(expected)) {
            throw new IamCallException(
                    Kind.UNREACHABLE, "STS gave out " + got + ", which is not in the account " + expected);
        }
    }

    /** Its HTTP connections and threads are shared, so that this cuts off nothing that is under way. */
    private static void close(@Nullable Key key, @Nullable Attempt attempt, RemovalCause cause) {
        if (attempt instanceof Session session) {
            session.iam().close();
        }
    }

    private record Key(AssumableRole role, SessionName name, String account) {}

    /** A failure is kept for none but those who wait for it; the cache would tell of it as of a fault of its own. */
    private sealed interface Attempt {}

    private record Session(IamAsyncClient iam) implements Attempt {}

    private record Failed(Throwable cause) implements Attempt {}
}
