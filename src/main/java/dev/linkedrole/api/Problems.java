package dev.linkedrole.api;

import dev.linkedrole.reconcile.UnknownInstanceException;
import dev.linkedrole.role.InvalidValueException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Which failure is which error. */
class Problems {

    @ServerExceptionMapper
    Response notRecorded(UnknownInstanceException failure) {
        return Problem.response(Response.Status.NOT_FOUND, String.valueOf(failure.getMessage()));
    }

    @ServerExceptionMapper
    Response invalid(InvalidValueException failure) {
        return Problem.response(Response.Status.BAD_REQUEST, String.valueOf(failure.getMessage()));
    }
}
