package dev.linkedrole.iam.aws;

import dev.linkedrole.iam.AccountRoles;
import dev.linkedrole.iam.AssumableRole;
import dev.linkedrole.iam.AwsAccount;
import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.SessionName;
import dev.linkedrole.retry.FailureText;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * Credentials that are valid in an account, for services other than IAM: the controller's own, or those of one session
 * of the role that it assumes there. The choice is the same as that of {@link AwsAccounts}.
 */
public final class AccountCredentials implements AutoCloseable {

    private final CallerIdentity identity;
    private final RoleChoice choice;
    private final RoleSessions<AwsCredentials> sessions;
    private final SessionName name;
    private final DefaultCredentialsProvider own =
            DefaultCredentialsProvider.builder().build();
    private final AwsClients clients;

    /**
     * @param roles the role to assume in each account
     * @param clients clients for AWS
     * @param name name of the sessions
     * @param most maximum number of open sessions, one for each account
     */
    public AccountCredentials(AccountRoles roles, AwsClients clients, SessionName name, int most) {
        this(roles, new CallerIdentity(clients.sts(), clients.partition()), clients, name, most);
    }

    AccountCredentials(AccountRoles roles, CallerIdentity own, AwsClients clients, SessionName name, int most) {
        this.identity = own;
        this.choice = new RoleChoice(roles, own);
        this.sessions = new RoleSessions<>(
                clients.sts(), (provider, account) -> provider.resolveCredentials(), credentials -> {}, most);
        this.name = name;
        this.clients = clients;
    }

    /** Returns the account of the controller's own credentials; fails with an {@link IamCallException}. */
    public Uni<String> ownAccount() {
        return identity.account();
    }

    /**
     * Returns credentials for calls in an account.
     *
     * @return fails with an {@link IamCallException}, of kind {@link IamCallException.Kind#UNREACHABLE} if the account
     *     cannot be accessed
     */
    public Uni<AwsCredentials> of(AwsAccount account) {
        return choice.roleFor(account, "the account " + account.id())
                .flatMap(role -> role.map(assumed -> sessions.client(assumed, name, account.id()))
                        .orElseGet(this::own));
    }

    private Uni<AwsCredentials> own() {
        AwsCredentialsProvider provider = own;
        // On another thread: the lookup may ask the machine's metadata, and waits for the answer.
        return Uni.createFrom()
                .completionStage(() -> CompletableFuture.supplyAsync(provider::resolveCredentials, clients.threads()))
                .onFailure()
                .transform(failure -> new IamCallException(
                        Kind.TRANSIENT,
                        "the controller's own credentials cannot be had: " + FailureText.of(failure),
                        failure));
    }

    /**
     * Drops the session of an account that AWS no longer accepts, so that the next call opens a new one.
     *
     * @param rejected credentials of that session; a session that was opened since is kept
     */
    public Uni<Void> forget(AwsAccount account, AwsCredentials rejected) {
        return choice.roleFor(account, "the account " + account.id())
                .invoke(role -> role.ifPresent(
                        (AssumableRole assumed) -> sessions.forget(assumed, name, account.id(), rejected)))
                .replaceWithVoid();
    }

    @Override
    public void close() {
        own.close();
    }
}
