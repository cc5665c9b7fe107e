package dev.linkedrole.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InvalidValueException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configured role that is assumed in each account. */
class AccountRolesTest {

    private static final String PATTERN = "arn:{partition}:iam::{account}:role/linked-role-controller";

    @Test
    void the_default_stands_for_each_account_and_partition() {
        // Given
        AccountRoles roles = new AccountRoles(Map.of("default", new AssumableRole(PATTERN, Optional.of("acme"))));

        // When, and then
        assertThat(roles.byDefault(accountOf("aws", "us-west-2")))
                .contains(new AssumableRole(
                        "arn:aws:iam::111122223333:role/linked-role-controller", Optional.of("acme")));
        assertThat(roles.byDefault(accountOf("aws-us-gov", "us-gov-west-1")).map(AssumableRole::arn))
                .contains("arn:aws-us-gov:iam::111122223333:role/linked-role-controller");
        assertThat(roles.byDefault(accountOf("aws-cn", "cn-north-1")).map(AssumableRole::arn))
                .contains("arn:aws-cn:iam::111122223333:role/linked-role-controller");
        assertThat(roles.named(accountOf("aws", "us-west-2"))).isEmpty();
    }

    @Test
    void an_account_may_have_a_role_of_its_own() {
        // Given
        AssumableRole special = new AssumableRole("arn:aws:iam::111122223333:role/ops/special", Optional.empty());
        AccountRoles roles = new AccountRoles(
                Map.of("default", new AssumableRole(PATTERN, Optional.of("acme")), "111122223333", special));

        // When, and then
        assertThat(roles.named(accountOf("aws", "us-west-2"))).contains(special);
    }

    @Test
    void a_role_is_in_an_account_only_in_its_partition_too() {
        AssumableRole role = new AssumableRole("arn:aws:iam::111122223333:role/x", Optional.empty());

        assertThat(role.isIn(accountOf("aws", "us-west-2"))).isTrue();
        assertThat(role.isIn(accountOf("aws-cn", "cn-north-1"))).isFalse();
        assertThat(new AssumableRole("arn:aws:iam::444455556666:role/x", Optional.empty())
                        .isIn(accountOf("aws", "us-west-2")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            11112222      | arn:aws:iam::111122223333:role/x      | acme | linked-role.accounts.11112222:
            everywhere    | arn:aws:iam::{account}:role/x         | acme | linked-role.accounts.everywhere:
            111122223333  | arn:aws:iam::444455556666:role/x      | acme | not in 444455556666
            default       | arn:aws:iam::444455556666:role/x      | acme | {account}, so that each account has its own
            default       | arn:aws:iam::{account}:user/x         | acme | linked-role.accounts.default.role
            default       | arn:aws:iam::{account}:role/{name}    | acme | linked-role.accounts.default.role
            111122223333  | linked-role-controller                | acme | linked-role.accounts.111122223333.role
            default       | arn:aws:iam::{account}:role/x         | a    | linked-role.accounts.default.external-id
            default       | arn:aws:iam::{account}:role/x         | a b  | linked-role.accounts.default.external-id
            """)
    void what_cannot_be_meant_is_rejected_with_the_name_of_the_property(
            String account, String role, String externalId, String named) {
        assertThatThrownBy(() -> new AccountRoles(Map.of(account, new AssumableRole(role, Optional.of(externalId)))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(named);
    }

    private static AwsAccount accountOf(String partition, String region) {
        return AwsAccount.of(InstanceArn.parse("arn:" + partition + ":connect:" + region
                + ":111122223333:instance/0b6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c01"));
    }
}
