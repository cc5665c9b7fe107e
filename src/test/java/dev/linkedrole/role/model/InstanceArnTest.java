package dev.linkedrole.role.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsing of the ARN of an instance. */
class InstanceArnTest {

    private static final String UUID = "0b6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c01";

    @Test
    void its_parts_are_read() {
        InstanceArn arn = InstanceArn.parse("arn:aws:connect:us-west-2:111122223333:instance/" + UUID);

        assertThat(arn).isEqualTo(new InstanceArn("aws", "connect", "us-west-2", "111122223333", new InstanceId(UUID)));
    }

    @ParameterizedTest
    @CsvSource({
        "aws, us-west-2",
        "aws, ap-southeast-2",
        "aws, mx-central-1",
        "aws-cn, cn-north-1",
        "aws-us-gov, us-gov-west-1",
        "aws-iso-b, us-isob-east-1",
        "aws-eusc, eusc-de-east-1"
    })
    void it_is_written_as_it_was_read(String partition, String region) {
        String text = "arn:%s:connect:%s:111122223333:instance/%s".formatted(partition, region, UUID);

        assertThat(InstanceArn.parse(text)).hasToString(text);
    }

    @Test
    void a_uuid_in_upper_case_is_the_same_instance() {
        String arn = "arn:aws:connect:us-west-2:111122223333:instance/";

        assertThat(InstanceArn.parse(arn + "0B6C1D1E-6F7A-4C4E-9A53-2F3F5B8F9C01"))
                .isEqualTo(InstanceArn.parse(arn + UUID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "arn",
                "arn:::",
                "arn::::::",
                "arn:aws: :::instance/x",
                "arn:aws:connect:us-west-2:111122223333:contact/" + UUID,
                "arn:aws:connect:us-west-2:111122223333:instance/",
                "arn:aws:connect:us-west-2:111122223333:instance/x",
                "arn:aws:connect:us-west-2:111122223333:instance:" + UUID,
                "arn:aws:connect:us-west-2:111122223333:instance/" + UUID + "/contact-flow/1",
                "arn:aws:connect:us-west-2:111122223333:instance/" + UUID + " ",
                "arn:aws:connect:us-west-2:111122223333:instance/*",
                "arn:aws:connect:us-west-2:11112222333:instance/" + UUID,
                "arn:aws:connect:us-west-2:1111222233334:instance/" + UUID,
                "arn:aws:connect:us-west-2:account:instance/" + UUID,
                "arn:aws:connect:us-west-2::instance/" + UUID,
                "arn:aws:connect::111122223333:instance/" + UUID,
                "arn:aws:connect:us-west:111122223333:instance/" + UUID,
                "arn:aws:connect:US-WEST-2:111122223333:instance/" + UUID,
                "arn:aws:connect:*:111122223333:instance/" + UUID,
                "arn:aws:Connect:us-west-2:111122223333:instance/" + UUID,
                "arn:aws::us-west-2:111122223333:instance/" + UUID,
                "arn:azure:connect:us-west-2:111122223333:instance/" + UUID,
                "arn::connect:us-west-2:111122223333:instance/" + UUID,
                "arn:aws-:connect:us-west-2:111122223333:instance/" + UUID,
                " arn:aws:connect:us-west-2:111122223333:instance/" + UUID,
                "arn:aws:connect:us-west-2:111122223333:instance/" + UUID + "\n"
            })
    void anything_else_is_an_invalid_value(String text) {
        assertThatThrownBy(() -> InstanceArn.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .message()
                .matches("an instance (id|ARN) [ -~]{1,400}");
    }

    @Test
    void a_megabyte_of_partition_is_an_invalid_value_in_few_words() {
        String text = "arn:aws" + "-a".repeat(500_000) + ":connect:us-west-2:111122223333:instance/" + UUID;

        assertThatThrownBy(() -> InstanceArn.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .message()
                .hasSizeLessThan(400);
    }

    @Test
    void the_longest_arn_is_still_looked_into() {
        String frame = "arn:aws:connect:us-west-2:111122223333:instance/";
        String longest = frame + "a".repeat(InstanceArn.MAX_LENGTH - frame.length());

        assertThatThrownBy(() -> InstanceArn.parse(longest)).hasMessageNotContaining("looks like");
        assertThatThrownBy(() -> InstanceArn.parse(longest + "a")).hasMessageContaining("looks like");
    }

    @Test
    void the_part_that_is_wrong_is_named() {
        assertThatThrownBy(() -> InstanceArn.parse("arn:aws:connect:us-west-2:1234:instance/" + UUID))
                .hasMessageContaining("its account is '1234'");
    }

    @Property
    void any_text_is_read_or_is_an_invalid_value(@ForAll String resource, @ForAll String service) {
        // Given an ARN with anything in two of its parts
        String text = "arn:aws:" + service + ":us-west-2:111122223333:instance/" + resource;

        // Then nothing is read that is not an instance, and nothing but an invalid value is thrown
        try {
            assertThat(InstanceArn.parse(text)).hasToString(text);
        } catch (InvalidValueException rejected) {
            assertThat(rejected).message().matches("[ -~]+");
        }
    }
}
