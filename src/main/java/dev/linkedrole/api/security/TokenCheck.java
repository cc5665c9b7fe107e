package dev.linkedrole.api.security;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Identity provider that accepts the configured bearer token. */
@Singleton
class TokenCheck implements IdentityProvider<TokenAuthenticationRequest> {

    private final ConfiguredCaller caller;

    TokenCheck(ConfiguredCaller caller) {
        this.caller = caller;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        return caller.withToken(request.getToken().getToken());
    }
}
