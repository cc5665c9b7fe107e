package dev.linkedrole.connect.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.linkedrole.connect.ConnectCallException;
import dev.linkedrole.connect.ConnectCallException.Kind;
import dev.linkedrole.connect.ConnectInstance;
import dev.linkedrole.connect.ConnectInstance.Status;
import dev.linkedrole.connect.ConnectLocation;
import dev.linkedrole.connect.InstancePage;
import dev.linkedrole.connect.StorageConfig;
import dev.linkedrole.connect.StorageConfig.S3;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that lack members, have others, or are none. */
class ConnectJsonTest {

    private static final ConnectLocation HERE = new ConnectLocation("111122223333", "us-west-2");
    private static final String ARN =
            "arn:aws:connect:us-west-2:111122223333:instance/0b6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c01";

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Bad gateway</html>", "[]", "null", "\"text\"", "{\"LexBots\":"})
    void a_body_that_is_no_object_is_malformed(String body) {
        assertMalformed(() -> parsed(body), "an answer");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"StorageConfigs":{}}                                                           | StorageConfigs
            {"StorageConfigs":[{}]}                                                         | StorageType
            {"StorageConfigs":[{"StorageType":7}]}                                          | StorageType
            {"StorageConfigs":[{"StorageType":"S3"}]}                                       | S3Config
            {"StorageConfigs":[{"StorageType":"S3","S3Config":{}}]}                         | BucketName
            {"StorageConfigs":[{"StorageType":"S3","S3Config":{"BucketName":""}}]}          | BucketName
            {"StorageConfigs":[{"StorageType":"KINESIS_STREAM","KinesisFirehoseConfig":{}}]} | KinesisStreamConfig
            """)
    void a_storage_without_what_it_needs_is_malformed(String body, String named) {
        assertMalformed(() -> ConnectJson.storageConfigs(parsed(body)), named);
    }

    @Test
    void a_bot_of_no_version_is_malformed() {
        assertMalformed(() -> ConnectJson.bots(parsed("{\"LexBots\":[{}]}")), "LexBot");
    }

    @Test
    void absent_and_null_lists_are_empty_and_unknown_members_are_ignored() {
        assertThat(ConnectJson.bots(parsed("{}"))).isEmpty();
        assertThat(ConnectJson.attributes(parsed("{\"Attributes\":null,\"Later\":[1]}")))
                .isEmpty();
        assertThat(ConnectJson.nextToken(parsed("{\"NextToken\":\"\"}"))).isEmpty();
        assertThat(ConnectJson.storageConfigs(
                        parsed("{\"StorageConfigs\":[{\"StorageType\":\"S3\",\"S3Config\":{\"BucketName\":\"b\"}}]}")))
                .containsExactly(new StorageConfig(Optional.empty(), new S3("b", "", Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"Id":"x"}                                                                      | without an ARN | Arn
            {"Arn":"arn:aws:connect:us-west-2:111122223333:instance/x"}                     | instance/x     | UUID
            {"Arn":"arn:aws:connect:us-west-2:444455556666:instance/0b6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c02"} | 444455556666 | elsewhere
            {"Arn":"arn:aws:connect:eu-west-2:111122223333:instance/0b6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c02"} | eu-west-2    | elsewhere
            {"Arn":"ARN","CreatedTime":"yesterday"}                                         | us-west-2      | CreatedTime
            {"Arn":"ARN","CreatedTime":1e400}                                               | us-west-2      | CreatedTime
            """)
    void an_odd_instance_is_noted_and_hides_no_other(String odd, String part, String reason) {
        // When
        InstancePage page = ConnectJson.instances(
                parsed("{\"InstanceSummaryList\":[%s,{\"Arn\":\"%s\"}]}".formatted(odd.replace("ARN", ARN), ARN)),
                HERE);

        // Then
        assertThat(page.instances())
                .extracting(instance -> instance.arn().toString())
                .containsExactly(ARN);
        assertThat(page.unread()).singleElement().satisfies(unread -> {
            assertThat(unread.part()).contains(part.equals("without an ARN") ? "x" : part);
            assertThat(unread.reason()).contains(reason);
            assertThat(unread.kind()).isEqualTo(Kind.MALFORMED);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "1540000000, 2018-10-20T01:46:40Z",
        "1540000000.25, 2018-10-20T01:46:40.250Z",
        "1.54E9, 2018-10-20T01:46:40Z",
        "\"2018-10-20T03:46:40.123456+02:00\", 2018-10-20T01:46:40.123456Z"
    })
    void a_time_is_seconds_or_a_date(String time, Instant read) {
        assertThat(instance("\"CreatedTime\":" + time).createdAt()).contains(read);
    }

    @Test
    void a_status_that_is_not_known_is_passed_on_as_unknown() {
        assertThat(instance("\"InstanceStatus\":\"ACTIVE\"").status()).isEqualTo(Status.ACTIVE);
        assertThat(instance("\"InstanceStatus\":\"SUSPENDED\"").status()).isEqualTo(Status.UNKNOWN);
        assertThat(instance("\"InstanceStatus\":null").status()).isEqualTo(Status.UNKNOWN);
    }

    private static ConnectInstance instance(String member) {
        return ConnectJson.describedInstance(parsed("{\"Instance\":{\"Arn\":\"%s\",%s}}".formatted(ARN, member)), HERE);
    }

    private static JsonNode parsed(String text) {
        return ConnectJson.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertMalformed(Runnable reading, String named) {
        assertThatExceptionOfType(ConnectCallException.class)
                .isThrownBy(reading::run)
                .withMessageContaining(named)
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.MALFORMED));
    }
}
