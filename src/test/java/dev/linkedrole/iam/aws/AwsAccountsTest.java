package dev.linkedrole.iam.aws;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.iam.AccountAccess;
import dev.linkedrole.iam.AccountRoles;
import dev.linkedrole.iam.Accounts;
import dev.linkedrole.iam.AssumableRole;
import dev.linkedrole.iam.CallLimits;
import dev.linkedrole.iam.ForwardingGateway;
import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.iam.IamReader;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.iam.IamAsyncClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.sts.StsClient;

/** The account in which roles are created. */
@Tag("aws")
class AwsAccountsTest {

    private static final String PATTERN = "arn:{partition}:iam::{account}:role/linked-role-controller";
    private static final AccountRoles EVERYWHERE =
            new AccountRoles(Map.of("default", new AssumableRole(PATTERN, Optional.empty())));
    private static final AccountRoles NOTHING = new AccountRoles(Map.of());

    private final StsClient sts = AwsTestClients.PLAIN_STS;
    private final AwsClients clients =
            new AwsClients(new CallLimits(3, Duration.ofSeconds(30), Duration.ofSeconds(60)));

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    void each_role_is_made_in_the_account_of_its_instance_and_in_no_other() {
        // Given
        Accounts accounts = accounts(EVERYWHERE);
        Instance one = Instance.randomIn(account());
        Instance two = Instance.randomIn(account());
        Instance own = Instance.randomIn(ownAccount());

        // When
        List.of(one, two, own).forEach(instance -> make(accounts, instance));

        // Then
        for (Instance here : List.of(one, two, own)) {
            try (IamClient iam = iamIn(here.arn().account())) {
                IamReader reader = new IamReader(iam);
                assertThat(reader.get(here.roleName()).arn())
                        .startsWith("arn:aws:iam::" + here.arn().account() + ":role/");
                for (Instance elsewhere : List.of(one, two, own)) {
                    assertThat(reader.exists(elsewhere.roleName())).isEqualTo(elsewhere.equals(here));
                }
            }
        }
    }

    @Test
    void without_a_role_to_assume_an_account_is_unreachable_and_unchanged() {
        // Given
        String named = account();
        Accounts accounts = accounts(new AccountRoles(Map.of(
                named, new AssumableRole("arn:aws:iam::" + named + ":role/linked-role-controller", Optional.empty()))));
        Instance other = Instance.randomIn(account());

        // When, and then
        assertThatThrownBy(() -> make(accounts, other))
                .satisfies(failure -> assertThat(IamCallException.is(failure, Kind.UNREACHABLE))
                        .isTrue())
                .hasMessageContaining("linked-role.accounts." + other.arn().account() + ".role");
        assertThat(new IamReader(AwsTestClients.PLAIN_IAM).exists(other.roleName()))
                .isFalse();

        // And the named one and the own are
        make(accounts, Instance.randomIn(named));
        make(accounts, Instance.randomIn(ownAccount()));
    }

    @Test
    void without_configuration_the_own_credentials_serve_an_endpoint_not_of_aws() {
        // Given
        Instance instance = Instance.randomIn(account());

        // When
        make(accounts(NOTHING), instance);

        // Then
        assertThat(new IamReader(AwsTestClients.PLAIN_IAM).exists(instance.roleName()))
                .isTrue();
    }

    @Test
    void at_aws_itself_they_are_good_for_the_own_account_only() {
        // Given
        Accounts accounts = accountsOfAws(NOTHING);
        Instance other = Instance.randomIn(account());

        // When, and then
        make(accounts, Instance.randomIn(ownAccount()));
        assertThatThrownBy(() -> make(accounts, other))
                .satisfies(failure -> assertThat(IamCallException.is(failure, Kind.UNREACHABLE))
                        .isTrue());
        assertThat(new IamReader(AwsTestClients.PLAIN_IAM).exists(other.roleName()))
                .isFalse();
    }

    @Test
    void at_aws_an_instance_of_another_partition_is_rejected() {
        // Given
        Accounts accounts = accountsOfAws(EVERYWHERE);
        InstanceArn china = InstanceArn.parse(
                "arn:aws-cn:connect:cn-north-1:" + account() + ":instance/0b6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c01");

        // When, and then
        assertThat(accounts.objection(china))
                .hasValueSatisfying(objection -> assertThat(objection).contains("aws-cn"));
        assertThat(accounts.objection(Instance.random().arn())).isEmpty();
        assertThatThrownBy(() ->
                        await(accounts.in(china, access -> Uni.createFrom().nothing())))
                .satisfies(failure -> assertThat(IamCallException.is(failure, Kind.UNREACHABLE))
                        .isTrue());
    }

    @Test
    void sessions_are_bounded_and_a_closed_one_is_opened_again() {
        // Given room for one session only
        Accounts accounts = new AwsAccounts(
                EVERYWHERE,
                clients,
                AwsAccountsTest::access,
                1,
                Duration.ofSeconds(1),
                Clock.systemUTC(),
                Retry.inRealTime());
        String account = account();
        Instance one = Instance.randomIn(account);
        Instance two = Instance.randomIn(account);

        // When, and then whatever was closed in between is opened again
        make(accounts, one);
        make(accounts, two);
        assertThat(read(accounts, one, one)).isInstanceOf(ActualRole.Present.class);
        assertThat(read(accounts, two, one)).isInstanceOf(ActualRole.Present.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ExpiredToken",
                "ExpiredTokenException",
                "RequestExpired",
                "InvalidClientTokenId",
                "UnrecognizedClientException",
                "InvalidToken"
            })
    void a_dead_session_is_dropped_and_the_work_done_in_a_new_one(String code) {
        // Given a session whose credentials were good once
        DyingSessions opened = new DyingSessions(code, 1);
        Accounts accounts = accounts(EVERYWHERE, opened::access);
        Instance instance = Instance.randomIn(account());

        // When
        read(accounts, instance, instance);
        read(accounts, instance, instance);

        // Then
        assertThat(opened.used).hasSize(2);
        assertThat(opened.calls).isEqualTo(3);
    }

    @Test
    void the_same_answer_in_a_new_session_is_final_and_opens_no_third_one() {
        // Given
        DyingSessions opened = new DyingSessions("InvalidClientTokenId", Integer.MAX_VALUE);
        Accounts accounts = accounts(EVERYWHERE, opened::access);
        Instance instance = Instance.randomIn(account());

        // When, and then
        assertThatThrownBy(() -> read(accounts, instance, instance))
                .satisfies(failure -> assertThat(IamCallException.is(failure, Kind.UNREACHABLE))
                        .isTrue());
        assertThat(opened.used).hasSize(2);
        assertThat(opened.calls).isEqualTo(2);
    }

    @Test
    void who_is_late_with_a_dead_session_leaves_the_new_one_open() {
        // Given two that read with one session, which dies
        DyingSessions opened = new DyingSessions("ExpiredToken", 2);
        Accounts accounts = accounts(EVERYWHERE, opened::access);
        Instance instance = Instance.randomIn(account());
        Function<AccountAccess, Uni<ActualRole>> reading =
                access -> access.roles().read(instance.roleName());

        // When
        await(Uni.combine()
                .all()
                .unis(accounts.in(instance.arn(), reading), accounts.in(instance.arn(), reading))
                .asTuple());

        // Then
        assertThat(opened.used).hasSizeLessThanOrEqualTo(3);
        read(accounts, instance, instance);
        assertThat(opened.calls).isLessThanOrEqualTo(5);
    }

    /** Sessions whose first calls are answered as if their credentials had expired. */
    private static final class DyingSessions {

        private final String code;
        private final int failing;
        private final Set<IamAsyncClient> used = ConcurrentHashMap.newKeySet();
        private int calls;

        DyingSessions(String code, int failing) {
            this.code = code;
            this.failing = failing;
        }

        AccountAccess access(IamAsyncClient iam) {
            used.add(iam);
            AccountAccess sound = AwsAccountsTest.access(iam);
            return new AccountAccess(
                    new ForwardingGateway(sound.roles()) {
                        @Override
                        public Uni<ActualRole> read(RoleName name) {
                            return answers()
                                    ? super.read(name)
                                    : Uni.createFrom().failure(IamErrors.classify("GetRole", answer(code)));
                        }
                    },
                    sound.policies(),
                    sound.inventory());
        }

        private synchronized boolean answers() {
            return ++calls > failing;
        }

        private static IamException answer(String code) {
            return (IamException) IamException.builder()
                    .statusCode(403)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode(code)
                            .errorMessage("the security token is no good")
                            .build())
                    .build();
        }
    }

    private Accounts accounts(AccountRoles roles) {
        return accounts(roles, AwsAccountsTest::access);
    }

    private Accounts accounts(AccountRoles roles, Function<IamAsyncClient, AccountAccess> access) {
        return new AwsAccounts(
                roles, clients, access, 100, Duration.ofSeconds(1), Clock.systemUTC(), Retry.inRealTime());
    }

    /** Returns accounts as they are without a configured endpoint. */
    private Accounts accountsOfAws(AccountRoles roles) {
        return new AwsAccounts(
                roles,
                new CallerIdentity(clients.sts(), Optional.of("aws")),
                clients,
                AwsAccountsTest::access,
                100,
                Duration.ofSeconds(1),
                Clock.systemUTC(),
                Retry.inRealTime());
    }

    private static AccountAccess access(IamAsyncClient iam) {
        return new AccountAccess(
                new AwsRoleGateway(iam, Retry.inRealTime()),
                new AwsPolicyDocuments(iam, Retry.inRealTime()),
                Optional.of(new AwsAccountInventory(iam)));
    }

    private static void make(Accounts accounts, Instance instance) {
        DesiredRole.Present desired = Defaults.COMPILER.compileAnnounced(instance.after(List.of(instance.created(0))));
        await(accounts.in(
                instance.arn(), access -> access.roles().carryOut(desired.name(), new Step.CreateRole(desired))));
    }

    private static ActualRole read(Accounts accounts, Instance as, Instance role) {
        return await(accounts.in(as.arn(), access -> access.roles().read(role.roleName())));
    }

    private String ownAccount() {
        return sts.getCallerIdentity().account();
    }

    /** Returns a client of that account's administrator. */
    private IamClient iamIn(String account) {
        if (account.equals(ownAccount())) {
            return IamClient.builder().build();
        }
        var given = sts.assumeRole(r ->
                        r.roleArn("arn:aws:iam::" + account + ":role/auditor").roleSessionName("auditor"))
                .credentials();
        return IamClient.builder()
                .credentialsProvider(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                        given.accessKeyId(), given.secretAccessKey(), given.sessionToken())))
                .build();
    }

    /** Returns an account that no other test uses. */
    private static String account() {
        return String.valueOf(ThreadLocalRandom.current().nextLong(200_000_000_000L, 999_999_999_999L));
    }
}
