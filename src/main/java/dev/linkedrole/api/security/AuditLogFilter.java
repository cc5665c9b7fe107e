package dev.linkedrole.api.security;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Logs each change by a caller with the caller's name; reads are not logged. */
class AuditLogFilter {

    private static final Logger LOG = LoggerFactory.getLogger(AuditLogFilter.class);

    /** Safe methods, which change nothing (RFC 9110, 9.2.1). */
    private static final Set<String> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final SecurityIdentity caller;

    AuditLogFilter(SecurityIdentity caller) {
        this.caller = caller;
    }

    @ServerResponseFilter
    void log(ContainerRequestContext request, ContainerResponseContext response) {
        if (SAFE.contains(request.getMethod())) {
            return;
        }
        String instance = request.getUriInfo().getPathParameters().getFirst("id");
        LoggingEventBuilder line = LOG.atInfo();
        (instance == null ? line : line.addKeyValue("instance", instance))
                .addKeyValue(
                        "caller",
                        caller.isAnonymous() ? "none" : caller.getPrincipal().getName())
                .addKeyValue("method", request.getMethod())
                .addKeyValue("path", request.getUriInfo().getPath())
                .addKeyValue("status", response.getStatus())
                .log("API call");
    }
}
