package dev.linkedrole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.linkedrole.catalog.CatalogFile;
import dev.linkedrole.config.ControllerConfig;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.state.RoleSettings;
import dev.linkedrole.testing.Defaults;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Role settings of each ownership mode, and the settings that a mode does not support. */
class RoleSettingsFactoryTest {

    private static final Map<String, String> SERVICE_LINKED = Map.of("linked-role.mode", "service-linked");

    @Test
    void roles_are_customer_managed_unless_it_is_said_otherwise() {
        assertThat(settings(Map.of(), Map.of())).isEqualTo(Defaults.SETTINGS);
        assertThat(settings(Map.of("linked-role.mode", "customer-managed"), Map.of()))
                .isEqualTo(Defaults.SETTINGS);
    }

    @Test
    void service_linked_roles_are_on_the_path_of_their_service() {
        assertThat(settings(SERVICE_LINKED, Map.of())).isEqualTo(Defaults.SERVICE_LINKED);
        assertThat(settings(SERVICE_LINKED, Map.of("linked-role.path", "/aws-service-role/connect.amazonaws.com/")))
                .isEqualTo(Defaults.SERVICE_LINKED);
    }

    @Test
    void a_path_of_ones_own_does_not_go_with_service_linked_roles() {
        assertRejected(SERVICE_LINKED, Map.of("linked-role.path", "/mine/"), "linked-role.path is /mine/");
    }

    @Test
    void a_boundary_does_not_go_with_service_linked_roles() {
        assertRejected(
                SERVICE_LINKED,
                Map.of("linked-role.permissions-boundary", "arn:aws:iam::111122223333:policy/bound"),
                "linked-role.permissions-boundary is set");
    }

    @Test
    void the_path_of_service_linked_roles_does_not_go_with_ordinary_ones() {
        assertRejected(
                Map.of(),
                Map.of("linked-role.path", "/aws-service-role/connect.amazonaws.com/"),
                "linked-role.mode=service-linked");
    }

    private static void assertRejected(Map<String, String> mode, Map<String, String> more, String because) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> settings(mode, more))
                .withMessageContaining(because);
    }

    private static RoleSettings settings(Map<String, String> mode, Map<String, String> more) {
        ControllerConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ControllerConfig.class)
                .withDefaultValues(mode)
                .withDefaultValues(more)
                .build()
                .getConfigMapping(ControllerConfig.class);
        return RoleSettingsFactory.settings(config, CatalogFile.load("amazon-connect"));
    }
}
