package dev.linkedrole.role.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.role.identity.RoleName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instance ids, and role names derived from them. */
class NamesTest {

    private static final String UUID = "0b6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c01";

    @Test
    void a_role_is_named_after_the_digits_of_its_instance() {
        // Given the longest usual prefix
        InstanceId instance = new InstanceId(UUID);

        // Then the name has 63 of the 64 characters that IAM takes
        assertThat(RoleName.of("AWSServiceRoleForAmazonConnect_", instance).value())
                .isEqualTo("AWSServiceRoleForAmazonConnect_0b6c1d1e6f7a4c4e9a532f3f5b8f9c01")
                .hasSize(63);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0b6c1d1e6f7a4c4e9a532f3f5b8f9c01",
                "0B6C1D1E-6F7A-4C4E-9A53-2F3F5B8F9C01",
                "{0b6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c01}",
                "0b6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c0",
                "0b6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c011",
                "gb6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c01",
                "0b6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c01\n"
            })
    void an_instance_id_is_a_lower_case_uuid_and_nothing_else(String text) {
        assertThatThrownBy(() -> new InstanceId(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("an instance id is a lower-case UUID, not ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                UUID,
                "0b6c1d1e6f7a4c4e9a532f3f5b8f9c01",
                "0B6C1D1E-6F7A-4C4E-9A53-2F3F5B8F9C01",
                "0B6C1D1E6F7A4C4E9A532F3F5B8F9C01"
            })
    void an_id_is_read_with_or_without_dashes_in_either_case(String text) {
        assertThat(InstanceId.read(text)).isEqualTo(new InstanceId(UUID));
        assertThat(InstanceId.atEnd("AWSServiceRoleForAmazonConnect_" + text)).contains(new InstanceId(UUID));
    }

    @Test
    void a_text_without_an_id_at_its_end_has_none() {
        assertThat(InstanceId.atEnd("")).isEmpty();
        assertThat(InstanceId.atEnd(UUID + "x")).isEmpty();
        assertThat(InstanceId.atEnd(UUID.substring(1))).isEmpty();
        assertThatThrownBy(() -> InstanceId.read(UUID.replace("-", "").substring(1)))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void instances_are_in_the_order_of_their_ids() {
        InstanceId first = new InstanceId(UUID);
        InstanceId second = new InstanceId(UUID.replace("0b6c", "0c6c"));

        assertThat(first).isLessThan(second).isEqualByComparingTo(new InstanceId(UUID));
        assertThat(second).isGreaterThan(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A+b=c,d.e@f_g-h", "1234567890123456789012345678901234567890123456789012345678901234"})
    void a_role_name_is_what_iam_takes(String name) {
        assertThat(new RoleName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "with space",
                "path/name",
                "caf\u00e9",
                "colon:",
                "line\n",
                "12345678901234567890123456789012345678901234567890123456789012345"
            })
    void anything_else_is_an_invalid_value(String name) {
        assertThatThrownBy(() -> new RoleName(name))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("a role name has 1 to 64 characters");
    }

    @Test
    void a_prefix_that_leaves_no_room_for_the_digits_is_an_invalid_value() {
        assertThatThrownBy(() -> RoleName.of("p".repeat(33), new InstanceId(UUID)))
                .isInstanceOf(InvalidValueException.class);
    }
}
