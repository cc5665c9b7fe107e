package dev.linkedrole.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.vertx.VertxInputStream;

/**
 * Rejects a body that is too large with a problem document: at once if the request says its length, else while the body
 * is read ({@link LimitedBody}). The framework would reject either without a body.
 */
@Singleton
class BodyLimit {

    /** Priority of the handler: before the framework's own limit. */
    private static final int FIRST = 100_000;

    /** After the framework's own limit was set, and before anything is read. */
    private static final int LAST = 1;

    private final ObjectMapper mapper;
    private final long most;

    BodyLimit(ObjectMapper mapper, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize most) {
        this.mapper = mapper;
        this.most = most.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, FIRST);
        filters.register(BodyLimit::takeOver, LAST);
    }

    /** Wraps the body so that reading beyond the limit fails with a client error. */
    InputStream limit(InputStream body) {
        return new LimitedBody(body, most, () -> new ClientErrorException(detail(), Status.REQUEST_ENTITY_TOO_LARGE));
    }

    private void check(RoutingContext context) {
        if (length(context) <= most) {
            context.next();
            return;
        }
        Problem problem = Problem.of(Status.REQUEST_ENTITY_TOO_LARGE, detail());
        // The rest of the body is not read, so the connection cannot be used for another request.
        context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(json(problem));
    }

    /** Takes over from the framework, which would end the response itself after its own limit. */
    private static void takeOver(RoutingContext context) {
        if (context.request().getHeader(HttpHeaders.CONTENT_LENGTH) == null) {
            context.remove(VertxInputStream.MAX_REQUEST_SIZE_KEY);
            context.addEndHandler(ended -> closeIfTooLarge(context));
        }
        context.next();
    }

    private static void closeIfTooLarge(RoutingContext context) {
        if (context.response().getStatusCode() == Status.REQUEST_ENTITY_TOO_LARGE.getStatusCode()) {
            context.request().connection().close();
        }
    }

    private String detail() {
        return "the body must have at most " + most + " bytes";
    }

    private static long length(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private String json(Problem problem) {
        try {
            return mapper.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem can always be written", e);
        }
    }
}
