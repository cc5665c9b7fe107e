package dev.linkedrole.api.security;

import dev.linkedrole.config.ControllerConfig;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** The single configured caller. Without a password or token the API rejects every call. */
@Singleton
class ConfiguredCaller {

    private final ControllerConfig.Api config;

    ConfiguredCaller(ControllerConfig config) {
        this.config = config.api();
    }

    Uni<SecurityIdentity> withPassword(String user, String password) {
        return admit(config.user().equals(user) && same(config.password(), password));
    }

    Uni<SecurityIdentity> withToken(String token) {
        return admit(same(config.token(), token));
    }

    private Uni<SecurityIdentity> admit(boolean known) {
        return known
                ? Uni.createFrom()
                        .item(QuarkusSecurityIdentity.builder()
                                .setPrincipal(new QuarkusPrincipal(config.user()))
                                .build())
                : Uni.createFrom().failure(new AuthenticationFailedException("unknown caller"));
    }

    /** Compares in constant time, so that a secret cannot be found letter by letter. */
    private static boolean same(Optional<String> secret, String given) {
        return secret.filter(known -> MessageDigest.isEqual(bytes(known), bytes(given)))
                .isPresent();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
