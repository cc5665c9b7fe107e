package dev.linkedrole.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The account and region of a request, which come from an operator. */
class ConnectLocationTest {

    private static final InstanceArn ARN =
            InstanceArn.parse("arn:aws:connect:us-west-2:111122223333:instance/0b6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c01");

    @Test
    void a_location_has_the_instances_of_its_account_and_region() {
        ConnectLocation location = ConnectLocation.of(ARN);

        assertThat(location).isEqualTo(new ConnectLocation("111122223333", "us-west-2"));
        assertThat(location.has(ARN)).isTrue();
        assertThat(new ConnectLocation("111122223333", "us-east-1").has(ARN)).isFalse();
        assertThat(new ConnectLocation("444455556666", "us-west-2").has(ARN)).isFalse();
    }

    @Test
    void each_location_has_a_lease_of_its_own() {
        assertThat(ConnectLocation.of(ARN).lease()).isEqualTo("connect:111122223333:us-west-2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            11112222333   | us-west-2             | 11112222333
            account       | us-west-2             | account
            111122223333  | us-west-2.evil.test/# | evil
            111122223333  | US-WEST-2             | US-WEST-2
            111122223333  | anywhere              | anywhere
            """)
    void what_is_no_account_or_region_is_rejected(String account, String region, String named) {
        assertThatThrownBy(() -> new ConnectLocation(account, region))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(named);
    }
}
