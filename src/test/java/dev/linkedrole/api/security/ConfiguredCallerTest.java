package dev.linkedrole.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.config.ControllerConfig;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Credentials that the API accepts. */
class ConfiguredCallerTest {

    @Test
    void nobody_is_known_while_nothing_is_configured() {
        // Given
        ConfiguredCaller caller = caller(Map.of());

        // Then
        isUnknown(caller.withPassword("operator", ""));
        isUnknown(caller.withToken(""));
    }

    @Test
    void a_token_alone_opens_no_way_in_by_password() {
        // Given
        ConfiguredCaller caller = caller(Map.of("linked-role.api.token", "sixteen-characters"));

        // Then
        assertThat(admitted(caller.withToken("sixteen-characters"))).isEqualTo("operator");
        isUnknown(caller.withPassword("operator", "sixteen-characters"));
    }

    @Test
    void a_password_alone_opens_no_way_in_by_token() {
        // Given
        ConfiguredCaller caller = caller(Map.of("linked-role.api.user", "ann", "linked-role.api.password", "secret"));

        // Then
        assertThat(admitted(caller.withPassword("ann", "secret"))).isEqualTo("ann");
        isUnknown(caller.withPassword("bob", "secret"));
        isUnknown(caller.withToken("secret"));
    }

    private static ConfiguredCaller caller(Map<String, String> properties) {
        return new ConfiguredCaller(new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ControllerConfig.class)
                .withDefaultValues(properties)
                .build()
                .getConfigMapping(ControllerConfig.class));
    }

    private static String admitted(Uni<SecurityIdentity> answer) {
        return answer.subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .assertCompleted()
                .getItem()
                .getPrincipal()
                .getName();
    }

    private static void isUnknown(Uni<SecurityIdentity> answer) {
        answer.subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .assertFailedWith(AuthenticationFailedException.class);
    }
}
