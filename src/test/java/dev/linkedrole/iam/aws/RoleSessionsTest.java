package dev.linkedrole.iam.aws;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.iam.AssumableRole;
import dev.linkedrole.iam.SessionName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamAsyncClient;
import software.amazon.awssdk.services.sts.StsAsyncClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/** The use of sessions until their expiry, whatever clock STS has. */
class RoleSessionsTest {

    private static final String ACCOUNT = "111122223333";
    private static final AssumableRole ROLE =
            new AssumableRole("arn:aws:iam::" + ACCOUNT + ":role/roles", Optional.empty());

    @ParameterizedTest
    @ValueSource(strings = {"PT5H", "PT0S", "PT-1H", "PT-5H"})
    void a_session_is_used_again_however_far_the_clock_of_sts_is_away(Duration ahead) {
        // Given
        Sts sts = new Sts(ahead);
        RoleSessions<IamAsyncClient> sessions =
                new RoleSessions<>(sts, RoleSessionsTest::client, IamAsyncClient::close, 10);

        // When
        IamAsyncClient first = client(sessions);
        IamAsyncClient again = client(sessions);

        // Then
        assertThat(again).isSameAs(first);
        assertThat(sts.requests).hasSize(1);
    }

    @Test
    void a_session_is_asked_for_an_hour_which_every_role_allows() {
        // Given
        Sts sts = new Sts(Duration.ZERO);

        // When
        client(new RoleSessions<>(sts, RoleSessionsTest::client, IamAsyncClient::close, 10));

        // Then
        assertThat(sts.requests).extracting(AssumeRoleRequest::durationSeconds).containsExactly(3_600);
    }

    private static IamAsyncClient client(RoleSessions<IamAsyncClient> sessions) {
        return await(sessions.client(ROLE, SessionName.OF_ALL, ACCOUNT));
    }

    private static IamAsyncClient client(AwsCredentialsProvider credentials, String account) {
        return IamAsyncClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .build();
    }

    /** STS as far as a session needs it, on a machine with a clock of its own. */
    private static final class Sts implements StsAsyncClient {

        private final List<AssumeRoleRequest> requests = new ArrayList<>();
        private final Duration ahead;

        Sts(Duration ahead) {
            this.ahead = ahead;
        }

        @Override
        public CompletableFuture<AssumeRoleResponse> assumeRole(AssumeRoleRequest request) {
            requests.add(request);
            return CompletableFuture.completedFuture(AssumeRoleResponse.builder()
                    .assumedRoleUser(
                            user -> user.arn("arn:aws:sts::" + ACCOUNT + ":assumed-role/roles/" + requests.size()))
                    .credentials(given -> given.accessKeyId("AKIAEXAMPLE")
                            .secretAccessKey("secret")
                            .sessionToken("token")
                            .expiration(Instant.now().plus(ahead).plusSeconds(request.durationSeconds())))
                    .build());
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
