package dev.linkedrole.api;

import dev.linkedrole.connect.imports.ImportRequests;
import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.intake.deadletters.NoDeadLetterQueueException;
import dev.linkedrole.ledger.LedgerException;
import dev.linkedrole.ledger.LedgerTable;
import dev.linkedrole.ledger.LedgerWatch;
import dev.linkedrole.reconcile.NotAdoptedException;
import dev.linkedrole.reconcile.UnknownInstanceException;
import dev.linkedrole.reconcile.apply.IamFailedException;
import dev.linkedrole.reconcile.concurrency.BusyInstanceException;
import dev.linkedrole.reconcile.operations.DeletedInstanceException;
import dev.linkedrole.reconcile.operations.ReleasedRoleException;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.model.RejectedException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps failures to error responses. */
class ExceptionMappers {

    private static final Logger LOG = LoggerFactory.getLogger(ExceptionMappers.class);

    /** Value of {@code Retry-After}, in seconds. */
    private static final String RETRY_AFTER = "5";

    @ServerExceptionMapper
    Response notRecorded(UnknownInstanceException failure) {
        return Problem.response(Status.NOT_FOUND, String.valueOf(failure.getMessage()));
    }

    @ServerExceptionMapper
    Response invalid(InvalidValueException failure) {
        return Problem.response(Status.BAD_REQUEST, String.valueOf(failure.getMessage()));
    }

    @ServerExceptionMapper
    Response deleted(DeletedInstanceException failure) {
        return Problem.response(Status.CONFLICT, String.valueOf(failure.getMessage()));
    }

    @ServerExceptionMapper
    Response released(ReleasedRoleException failure) {
        return Problem.response(Status.CONFLICT, String.valueOf(failure.getMessage()));
    }

    @ServerExceptionMapper
    Response notAdopted(NotAdoptedException failure) {
        return Problem.response(Status.CONFLICT, String.valueOf(failure.getMessage()));
    }

    @ServerExceptionMapper
    Response otherTable(LedgerWatch.OtherTableException failure) {
        return Problem.response(Status.CONFLICT, String.valueOf(failure.getMessage()));
    }

    @ServerExceptionMapper
    Response tooMany(ImportRequests.TooManyImportsException failure) {
        return Problem.response(Status.CONFLICT, String.valueOf(failure.getMessage()));
    }

    @ServerExceptionMapper
    Response noDeadLetterQueue(NoDeadLetterQueueException failure) {
        return later(String.valueOf(failure.getMessage()));
    }

    /** Maps a failed look-up of the controller's own account, which an import of all accounts needs. */
    @ServerExceptionMapper
    Response noAccounts(IamCallException failure) {
        return later(String.valueOf(failure.getMessage()));
    }

    @ServerExceptionMapper
    Response noTable(LedgerTable.NoTableException failure) {
        return later(String.valueOf(failure.getMessage()));
    }

    /** Maps a call that contradicts the recorded state; all other faults of a call are found before. */
    @ServerExceptionMapper
    Response rejected(RejectedException failure) {
        return Problem.response(Status.CONFLICT, failure.rejection().detail());
    }

    @ServerExceptionMapper
    Response busy(BusyInstanceException failure) {
        return later(String.valueOf(failure.getMessage()));
    }

    @ServerExceptionMapper
    Response iamFailed(IamFailedException failure) {
        String detail = String.valueOf(failure.getMessage());
        return failure.passing() ? later(detail) : Problem.response(Status.BAD_GATEWAY, detail);
    }

    @ServerExceptionMapper
    Response ledgerFailed(LedgerException failure) {
        LOG.atWarn().log("An API call failed since the ledger could not be read: {}", FailureText.of(failure));
        return later("the ledger could not be asked: " + FailureText.of(failure));
    }

    /** Maps errors of the framework: no such path or method, unsupported media type, and the like. */
    @ServerExceptionMapper
    Response http(WebApplicationException failure, UriInfo uri, Request request) {
        List<String> methods = Routes.methods(uri.getPath());
        boolean wrongMethod = failure instanceof NotAllowedException
                || (failure instanceof NotFoundException && !methods.contains(request.getMethod()));
        return wrongMethod && !methods.isEmpty() ? notAllowed(request.getMethod(), methods) : http(failure);
    }

    private static Response notAllowed(String method, List<String> methods) {
        String allowed = String.join(", ", methods);
        return Response.fromResponse(
                        Problem.response(Status.METHOD_NOT_ALLOWED, "there is no " + method + " here, only " + allowed))
                .header(HttpHeaders.ALLOW, allowed)
                .build();
    }

    private static Response http(WebApplicationException failure) {
        Response response = failure.getResponse();
        Response.StatusType status = response.getStatusInfo();
        if (status.getFamily() == Status.Family.SERVER_ERROR) {
            LOG.atError().setCause(failure).log("An API call failed");
        }
        Response.ResponseBuilder problem =
                Response.fromResponse(Problem.response(status, String.valueOf(failure.getMessage())));
        for (String header : new String[] {HttpHeaders.ALLOW, HttpHeaders.WWW_AUTHENTICATE}) {
            if (response.getHeaders().containsKey(header)) {
                problem.header(header, response.getHeaderString(header));
            }
        }
        return problem.build();
    }

    private static Response later(String detail) {
        return Response.fromResponse(Problem.response(Status.SERVICE_UNAVAILABLE, detail))
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER)
                .build();
    }
}
