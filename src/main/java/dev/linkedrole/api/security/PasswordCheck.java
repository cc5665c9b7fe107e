package dev.linkedrole.api.security;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Identity provider that accepts the configured name and password. */
@Singleton
class PasswordCheck implements IdentityProvider<UsernamePasswordAuthenticationRequest> {

    private final ConfiguredCaller caller;

    PasswordCheck(ConfiguredCaller caller) {
        this.caller = caller;
    }

    @Override
    public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
        return UsernamePasswordAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            UsernamePasswordAuthenticationRequest request, AuthenticationRequestContext context) {
        return caller.withPassword(
                request.getUsername(), new String(request.getPassword().getPassword()));
    }
}
