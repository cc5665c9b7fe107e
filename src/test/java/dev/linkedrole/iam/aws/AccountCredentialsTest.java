package dev.linkedrole.iam.aws;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.iam.AccountRoles;
import dev.linkedrole.iam.AssumableRole;
import dev.linkedrole.iam.AwsAccount;
import dev.linkedrole.iam.CallLimits;
import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.SessionName;
import dev.linkedrole.testing.aws.AwsTestClients;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** The credentials for an account, as STS gives them out. */
@Tag("aws")
class AccountCredentialsTest {

    private static final AwsAccount OTHER = new AwsAccount("aws", "444455556666");
    private static final AccountRoles EVERYWHERE = new AccountRoles(Map.of(
            "default",
            new AssumableRole("arn:{partition}:iam::{account}:role/linked-role-controller", Optional.empty())));
    private static final AccountRoles NOTHING = new AccountRoles(Map.of());

    private final StsClient sts = AwsTestClients.PLAIN_STS;
    private final AwsClients clients =
            new AwsClients(new CallLimits(3, Duration.ofSeconds(30), Duration.ofSeconds(60)));

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    void another_account_is_accessed_by_one_session_of_its_role() {
        try (AccountCredentials credentials = credentials(EVERYWHERE)) {
            AwsCredentials first = await(credentials.of(OTHER));
            AwsCredentials again = await(credentials.of(OTHER));

            assertThat(again).isSameAs(first);
            assertThat(identity(first).account()).isEqualTo(OTHER.id());
            assertThat(identity(first).arn()).contains("linked-role-controller/linked-role-connect");
        }
    }

    @Test
    void a_session_that_is_no_longer_accepted_is_replaced_once() {
        try (AccountCredentials credentials = credentials(EVERYWHERE)) {
            AwsCredentials first = await(credentials.of(OTHER));
            await(credentials.forget(OTHER, first));
            AwsCredentials second = await(credentials.of(OTHER));
            await(credentials.forget(OTHER, first));

            assertThat(second).isNotSameAs(first).isInstanceOf(AwsSessionCredentials.class);
            assertThat(await(credentials.of(OTHER))).isSameAs(second);
        }
    }

    @Test
    void the_own_account_is_accessed_by_the_own_credentials() {
        AwsAccount own = new AwsAccount(
                "aws", Objects.requireNonNull(sts.getCallerIdentity(r -> {}).account()));

        try (AccountCredentials credentials = credentials(EVERYWHERE)) {
            assertThat(await(credentials.of(own)).accessKeyId()).isEqualTo(System.getProperty("aws.accessKeyId"));
            assertThat(await(credentials.forget(own, await(credentials.of(own)))))
                    .isNull();
        }
    }

    @Test
    void at_aws_an_account_without_a_role_cannot_be_accessed() {
        try (AccountCredentials credentials = new AccountCredentials(
                NOTHING, new CallerIdentity(clients.sts(), Optional.of("aws")), clients, SessionName.OF_READING, 10)) {
            assertUnreachable(credentials, OTHER, "linked-role.accounts.444455556666.role");
            assertUnreachable(credentials, new AwsAccount("aws-cn", OTHER.id()), "aws-cn");
        }
    }

    private static void assertUnreachable(AccountCredentials credentials, AwsAccount account, String named) {
        assertThatThrownBy(() -> await(credentials.of(account)))
                .satisfies(failure -> assertThat(IamCallException.is(failure, Kind.UNREACHABLE))
                        .isTrue())
                .hasMessageContaining(named);
    }

    private AccountCredentials credentials(AccountRoles roles) {
        return new AccountCredentials(roles, clients, SessionName.OF_READING, 10);
    }

    private static GetCallerIdentityResponse identity(AwsCredentials credentials) {
        try (StsClient session = StsClient.builder()
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build()) {
            return session.getCallerIdentity();
        }
    }
}
