package dev.linkedrole.iam.aws;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.linkedrole.iam.AccountAccess;
import dev.linkedrole.iam.AccountCircuitBreaker;
import dev.linkedrole.iam.AccountRoles;
import dev.linkedrole.iam.Accounts;
import dev.linkedrole.iam.AssumableRole;
import dev.linkedrole.iam.AwsAccount;
import dev.linkedrole.iam.ForwardingGateway;
import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.iam.SessionName;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.plan.Step;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.iam.IamAsyncClient;

/**
 * Accounts in AWS: the controller's own by its own credentials, any other by assuming a role there.
 *
 * <p>The choice of credentials ensures that no role can ever be made in another account than its instance's. Only at an
 * endpoint that is not AWS's own, and with no account configured, the controller's credentials count as valid for every
 * account: emulators have one account, whatever the ARNs say.
 */
public final class AwsAccounts implements Accounts {

    /**
     * Maximum number of circuit breakers: far more accounts than a controller works in at once. Each takes some hundred
     * bytes.
     */
    private static final int MAX_CIRCUITS = 10_000;

    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    private final RoleChoice choice;
    private final CallerIdentity own;
    private final Function<String, AccountAccess> ownAccess;
    private final RoleSessions<IamAsyncClient> sessions;
    private final Function<IamAsyncClient, AccountAccess> accesses;
    private final Cache<String, AccountCircuitBreaker> circuits;
    private final Duration slow;
    private final InstantSource clock;
    private final Retry retry;

    /**
     * @param roles the role to assume in each account
     * @param clients clients for AWS
     * @param accesses access to an account through a client
     * @param most maximum number of open sessions
     * @param slow time without an answer after which an account counts as stalled
     * @param clock this process's own time
     * @param retry supplies the random number that spreads the trial calls
     */
    public AwsAccounts(
            AccountRoles roles,
            AwsClients clients,
            Function<IamAsyncClient, AccountAccess> accesses,
            int most,
            Duration slow,
            InstantSource clock,
            Retry retry) {
        this(
                roles,
                new CallerIdentity(clients.sts(), clients.partition()),
                clients,
                accesses,
                most,
                slow,
                clock,
                retry);
    }

    AwsAccounts(
            AccountRoles roles,
            CallerIdentity own,
            AwsClients clients,
            Function<IamAsyncClient, AccountAccess> accesses,
            int most,
            Duration slow,
            InstantSource clock,
            Retry retry) {
        this.choice = new RoleChoice(roles, own);
        this.own = own;
        this.ownAccess = account -> accesses.apply(clients.iam(account));
        this.sessions = new RoleSessions<>(clients.sts(), clients::iam, IamAsyncClient::close, most);
        this.accesses = accesses;
        this.slow = slow;
        this.clock = clock;
        this.retry = retry;
        this.circuits = Caffeine.newBuilder()
                .maximumSize(MAX_CIRCUITS)
                .expireAfterAccess(FORGOTTEN_AFTER)
                .build();
    }

    @Override
    public Optional<String> objection(InstanceArn instance) {
        return own.objection(instance.partition());
    }

    @Override
    public boolean stalled(InstanceArn instance) {
        AccountCircuitBreaker circuit = circuits.getIfPresent(instance.account());
        return circuit != null && circuit.stalled();
    }

    @Override
    public <T> Uni<T> in(InstanceArn instance, Function<AccountAccess, Uni<T>> work) {
        return in(SessionName.of(instance), instance, work);
    }

    @Override
    public <T> Uni<T> inAccountOf(InstanceArn any, Function<AccountAccess, Uni<T>> work) {
        return in(SessionName.OF_ALL, any, work);
    }

    private <T> Uni<T> in(SessionName session, InstanceArn instance, Function<AccountAccess, Uni<T>> work) {
        return choice.roleFor(AwsAccount.of(instance), instance)
                .flatMap(role -> circuit(instance)
                        .through(() -> role.map(assumed -> inSession(assumed, session, instance, work))
                                .orElseGet(() -> work.apply(ownAccess.apply(instance.account())))));
    }

    private AccountCircuitBreaker circuit(InstanceArn instance) {
        return circuits.get(
                instance.account(), account -> new AccountCircuitBreaker(account, slow, clock, retry::chance));
    }

    private <T> Uni<T> inSession(
            AssumableRole role, SessionName session, InstanceArn instance, Function<AccountAccess, Uni<T>> work) {
        Supplier<Uni<T>> once =
                () -> sessions.client(role, session, instance.account()).flatMap(iam -> {
                    Misgivings misgivings = new Misgivings(accesses.apply(iam));
                    return work.apply(misgivings.access())
                            .onFailure()
                            .invoke(misgivings::note)
                            .onTermination()
                            .invoke(() ->
                                    misgivings.ifAny(() -> sessions.forget(role, session, instance.account(), iam)));
                });
        // Retried once only: if a new session is rejected too, another new one would be as well.
        return once.get().onFailure(IamErrors::isOfDeadCredentials).recoverWithUni(() -> once.get());
    }

    /** Access that records whether a call was rejected for its session, even if the caller handles that failure. */
    private static final class Misgivings {

        private final AccountAccess access;
        private volatile boolean any;

        Misgivings(AccountAccess access) {
            RoleGateway roles = new ForwardingGateway(access.roles()) {
                @Override
                public Uni<Optional<String>> carryOut(RoleName name, Step step) {
                    return super.carryOut(name, step).onFailure().invoke(failure -> note(failure));
                }
            };
            this.access = new AccountAccess(roles, access.policies(), access.inventory());
        }

        AccountAccess access() {
            return access;
        }

        void note(Throwable failure) {
            any |= IamCallException.is(failure, Kind.REFUSED) || IamErrors.isOfDeadCredentials(failure);
        }

        void ifAny(Runnable work) {
            if (any) {
                work.run();
            }
        }
    }
}
