package dev.linkedrole.api.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linkedrole.api.Problem;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.BasicAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Authentication of callers by bearer token or by name and password. A call without valid credentials gets a problem
 * document.
 */
@Alternative
@Priority(1)
@Singleton
class ApiAuthentication implements HttpAuthenticationMechanism {

    private static final String BEARER = "bearer ";

    /** Challenges for both schemes (RFC 9110, 11.6.1). */
    private static final String CHALLENGE =
            "Basic realm=\"linked-role-controller\", Bearer realm=\"linked-role-controller\"";

    private final BasicAuthenticationMechanism basic;
    private final ObjectMapper mapper;

    ApiAuthentication(BasicAuthenticationMechanism basic, ObjectMapper mapper) {
        this.basic = basic;
        this.mapper = mapper;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        String token = bearerToken(context.request().getHeader(HttpHeaders.AUTHORIZATION));
        Uni<SecurityIdentity> caller = token == null
                ? basic.authenticate(context, providers)
                : providers.authenticate(HttpSecurityUtils.setRoutingContextAttribute(
                        new TokenAuthenticationRequest(new TokenCredential(token, "bearer")), context));
        // The response to any failed authentication is ours, whichever mechanism failed.
        context.put(HttpAuthenticationMechanism.class.getName(), this);
        return caller;
    }

    private static @Nullable String bearerToken(@Nullable String authorization) {
        return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? authorization.substring(BEARER.length()).strip()
                : null;
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom()
                .item(new ChallengeData(Status.UNAUTHORIZED.getStatusCode(), HttpHeaders.WWW_AUTHENTICATE, CHALLENGE));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        Problem problem = Problem.of(
                Status.UNAUTHORIZED,
                "a bearer token, or name and password, of somebody who may use the API are needed");
        HttpServerResponse response = context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        return Uni.createFrom()
                .item(() -> json(problem))
                .flatMap(body ->
                        Uni.createFrom().completionStage(response.end(body).toCompletionStage()))
                .replaceWith(true);
    }

    private String json(Problem problem) {
        try {
            return mapper.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem cannot be written as JSON", e);
        }
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(TokenAuthenticationRequest.class);
    }
}
