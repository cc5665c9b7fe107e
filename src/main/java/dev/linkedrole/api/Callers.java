package dev.linkedrole.api;

import dev.linkedrole.config.ControllerConfig;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Knows the one caller that is configured. Without a password nobody is known, and the API is closed. */
@Singleton
public class Callers implements IdentityProvider<UsernamePasswordAuthenticationRequest> {

    private final ControllerConfig.Api config;

    Callers(ControllerConfig config) {
        this.config = config.api();
    }

    @Override
    public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
        return UsernamePasswordAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            UsernamePasswordAuthenticationRequest request, AuthenticationRequestContext context) {
        boolean known = config.password()
                .filter(password -> config.user().equals(request.getUsername())
                        && same(password, new String(request.getPassword().getPassword())))
                .isPresent();
        return known
                ? Uni.createFrom()
                        .item(QuarkusSecurityIdentity.builder()
                                .setPrincipal(new QuarkusPrincipal(config.user()))
                                .build())
                : Uni.createFrom().failure(new AuthenticationFailedException("unknown user or wrong password"));
    }

    /** In the same time whatever the difference, so that a password cannot be found letter by letter. */
    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
