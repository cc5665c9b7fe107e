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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.sts.StsAsyncClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Sessions of assumed roles, each with a client. Those of IAM are named after instances, so CloudTrail in the instance's
 * account shows for which instance each call was made. That costs one call to STS for each active instance and hour; STS
 * accepts hundreds a second, IAM far fewer.
 *
 * <p>The SDK's own credentials provider blocks its caller's thread while it calls STS, and the SDK's clients wait for
 * asynchronous credentials. So credentials are requested here, and a client is created once they have arrived.
 */
final class RoleSessions<C> {

    /**
     * Time before their expiry at which credentials are no longer used: longer than any operation that starts with
     * them.
     */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    /**
     * Session length: the maximum for a role that was itself assumed from another (role chaining). It counts from here,
     * since the expiry that STS returns is by another clock, which may differ from this process's own by hours.
     *
     * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
     */
    private static final Duration LENGTH = Duration.ofHours(1);

    private final StsAsyncClient sts;
    private final BiFunction<AwsCredentialsProvider, String, C> clients;
    private final AsyncCache<Key, Attempt<C>> open;

    /**
     * @param clients creates a client that uses these credentials, which are valid in this account
     * @param closing closes a client. Its HTTP connections and threads are shared, so calls in progress are not
     *     interrupted
     * @param most maximum number of sessions; the least recently used one is closed first
     */
    RoleSessions(
            StsAsyncClient sts, BiFunction<AwsCredentialsProvider, String, C> clients, Consumer<C> closing, int most) {
        this.sts = sts;
        this.clients = clients;
        this.open = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfter(Expiry.creating((Key key, Attempt<C> attempt) -> usable(attempt)))
                .scheduler(Scheduler.systemScheduler())
                .removalListener((@Nullable Key key, @Nullable Attempt<C> attempt, RemovalCause cause) -> {
                    if (attempt instanceof Session<C> session) {
                        closing.accept(session.client());
                    }
                })
                .buildAsync();
    }

    /** Time for which an attempt may be reused: none for a failed one, so that the next caller tries again. */
    private static Duration usable(Attempt<?> attempt) {
        return attempt instanceof Session ? LENGTH.minus(MARGIN) : Duration.ZERO;
    }

    /** Returns a client with the credentials of a session in an account, which is opened if it is not open yet. */
    Uni<C> client(AssumableRole role, SessionName name, String account) {
        // A copy: a cancelled subscriber must not cancel the others.
        return Uni.createFrom()
                .completionStage(() -> open.get(new Key(role, name, account), (key, executor) -> assume(key))
                        .copy())
                .map(attempt -> switch (attempt) {
                    case Session<C> session -> session.client();
                    case Failed<C> failed -> throw StsErrors.classify("AssumeRole of " + role.arn(), failed.cause());
                });
    }

    /**
     * Drops a session, so that the next caller opens a new one. IAM rejects a session whose role was deleted, even if
     * the role exists again.
     *
     * @param rejected the client of that session; a session that was opened since is kept
     */
    @SuppressWarnings("ReferenceEquality") // one client is meant, not one like it
    void forget(AssumableRole role, SessionName name, String account, C rejected) {
        open.synchronous()
                .asMap()
                .computeIfPresent(
                        new Key(role, name, account),
                        (key, attempt) ->
                                attempt instanceof Session<C> session && session.client() == rejected ? null : attempt);
    }

    private CompletableFuture<Attempt<C>> assume(Key key) {
        AssumeRoleRequest.Builder request = AssumeRoleRequest.builder()
                .roleArn(key.role().arn())
                .roleSessionName(key.name().value())
                .durationSeconds((int) LENGTH.toSeconds());
        key.role().externalId().ifPresent(request::externalId);
        return sts.assumeRole(request.build())
                .thenApply(response -> session(key, response))
                .exceptionally(failure -> new Failed<>(failure));
    }

    private Attempt<C> session(Key key, AssumeRoleResponse response) {
        requireAccount(key.account(), response);
        Credentials given = response.credentials();
        AwsSessionCredentials credentials =
                AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
        return new Session<>(clients.apply(StaticCredentialsProvider.create(credentials), key.account()));
    }

    /** Checks the account in STS's answer: the worst possible fault is a role in another account than its instance. */
    private static void requireAccount(String expected, AssumeRoleResponse response) {
        String got = response.assumedRoleUser().arn();
        String account = Arn.fromString(got).accountId().orElse("");
        if (!account.equals(expected)) {
            throw new IamCallException(
                    Kind.UNREACHABLE, "STS gave out " + got + ", which is not in the account " + expected);
        }
    }

    private record Key(AssumableRole role, SessionName name, String account) {}

    /**
     * Result of opening a session. A failure is only for the callers that wait for it; the cache would log it as a
     * fault of its own.
     */
    private sealed interface Attempt<C> {}

    private record Session<C>(C client) implements Attempt<C> {}

    private record Failed<C>(Throwable cause) implements Attempt<C> {}
}
