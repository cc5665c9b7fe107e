package dev.linkedrole.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that only look like settings are reported, with the nearest existing one. */
class UnknownSettingsTest {

    private final UnknownSettings names = new UnknownSettings();

    @ParameterizedTest
    @CsvSource({
        "LINKED_ROLE_RESYNC_EVRY, LINKED_ROLE_RESYNC_EVERY",
        "LINKED_ROLE_QUEUE_FEATURE_ENABLED, LINKED_ROLE_QUEUES_FEATURE_ENABLED",
        "LINKED_ROLE_NAMEPREFIX, LINKED_ROLE_NAME_PREFIX",
        "LINKED_ROLE_INTAKE_MAXINFLIGHT, LINKED_ROLE_INTAKE_MAX_IN_FLIGHT",
        "LINKED_ROLE_OUTCOME_TARGET, LINKED_ROLE_OUTCOMES_TARGET",
        "LINKED_ROLE_ACCOUNTS_DEFAULT_ROL, LINKED_ROLE_ACCOUNTS_DEFAULT_ROLE",
    })
    void a_misspelt_variable_is_told_with_the_nearest_there_is(String misspelt, String meant) {
        assertThat(names.unknown(List.of(misspelt, meant), List.of()))
                .containsExactly(misspelt + " is no setting and has no effect; the nearest one is " + meant);
    }

    @ParameterizedTest
    @CsvSource({
        "linked-role.resync.evry, linked-role.resync.every",
        "linked-role.permission-boundary, linked-role.permissions-boundary",
        "linked-role.accounts.11112222333.role, linked-role.accounts.default.role",
    })
    void a_misspelt_property_is_told_with_the_nearest_there_is(String misspelt, String meant) {
        assertThat(names.unknown(List.of(), List.of(misspelt, meant)))
                .containsExactly(misspelt + " is no setting and has no effect; the nearest one is " + meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LINKED_ROLE_TABLE",
                "LINKED_ROLE_API_PASSWORD",
                "LINKED_ROLE_IAM_DELETION_TIMEOUT",
                "LINKED_ROLE_ACCOUNTS_DEFAULT_EXTERNAL_ID",
                "LINKED_ROLE_ACCOUNTS__111122223333__ROLE",
                "LINKED_ROLE_SERVICE_HOST",
                "LINKED_ROLE_CONTROLLER_SERVICE_PORT_HTTP",
                "LINKED_ROLE_CONTROLLER_PORT",
                "LINKED_ROLE_CONTROLLER_PORT_8080_TCP_ADDR",
                "AWS_REGION",
                "LINKED_ROLES"
            })
    void what_is_a_setting_or_somebody_elses_is_not_told(String variable) {
        assertThat(names.unknown(List.of(variable), List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "linked-role.accounts.111122223333.role",
                "linked-role.accounts.\"111122223333\".external-id",
                "linked-role.intake.first-backoff",
                "quarkus.http.port",
                "linked.role.table"
            })
    void so_with_properties(String property) {
        assertThat(names.unknown(List.of(), List.of(property))).isEmpty();
    }

    @Test
    void all_that_the_readme_names_is_known() {
        assertThat(names.properties())
                .contains(
                        "linked-role.name-prefix", "linked-role.accounts.*.role", "linked-role.queues.instance-created")
                .hasSizeGreaterThan(30);
    }
}
