package dev.linkedrole.api.pauses;

import dev.linkedrole.api.Problem;
import dev.linkedrole.reconcile.operations.PauseOperations;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.pause.PauseScope;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Resource of the pauses: nothing is written to IAM for the roles in their scopes, and all else goes on. */
@Path("/api/pauses")
@Produces(MediaType.APPLICATION_JSON)
public class PausesResource {

    private static final String ABOUT =
            "Within seconds no replica writes to IAM for these roles. Events are recorded and"
                    + " acknowledged, and carried out after the end. A pause of the same scope is replaced.";

    private final PauseOperations pauses;
    private final SecurityIdentity caller;

    PausesResource(PauseOperations pauses, SecurityIdentity caller) {
        this.pauses = pauses;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "The pauses that have not ended")
    @APIResponse(responseCode = "200", description = "The pauses, as the ledger has them now")
    @APIResponse(responseCode = "503", description = "The ledger cannot be asked now")
    public Uni<List<PauseView>> list() {
        return pauses.list().map(all -> all.stream().map(PauseView::of).toList());
    }

    @PUT
    @Path("/all")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Pause all roles", description = ABOUT)
    @RequestBody(content = @Content(schema = @Schema(implementation = NewPause.Body.class)))
    @APIResponse(responseCode = "200", description = "The pause")
    @APIResponse(responseCode = "400", description = "The body is not what it has to be")
    @APIResponse(responseCode = "409", description = "There are too many pauses")
    @APIResponse(responseCode = "503", description = "The ledger cannot be asked now")
    public Uni<PauseView> pauseAll(String body) {
        return pause(new PauseScope.All(), body);
    }

    @PUT
    @Path("/account/{account}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Pause the roles in an account", description = ABOUT)
    @RequestBody(content = @Content(schema = @Schema(implementation = NewPause.Body.class)))
    @APIResponse(responseCode = "200", description = "The pause")
    @APIResponse(responseCode = "400", description = "The body or the account id is not what it has to be")
    @APIResponse(responseCode = "409", description = "There are too many pauses")
    @APIResponse(responseCode = "503", description = "The ledger cannot be asked now")
    public Uni<PauseView> pauseAccount(String account, String body) {
        return pause(new PauseScope.OfAccount(account), body);
    }

    @PUT
    @Path("/role/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Pause the role of an instance", description = ABOUT)
    @RequestBody(content = @Content(schema = @Schema(implementation = NewPause.Body.class)))
    @APIResponse(responseCode = "200", description = "The pause")
    @APIResponse(responseCode = "400", description = "The body or the instance id is not what it has to be")
    @APIResponse(responseCode = "404", description = "Nothing is recorded of that instance")
    @APIResponse(responseCode = "409", description = "There are too many pauses")
    @APIResponse(responseCode = "503", description = "The ledger cannot be asked now")
    public Uni<PauseView> pauseRole(String id, String body) {
        return pause(role(id), body);
    }

    private Uni<PauseView> pause(PauseScope scope, String body) {
        NewPause request = NewPause.read(body);
        return pauses.pause(scope, request.reason(), caller.getPrincipal().getName(), request.until())
                .map(PauseView::of);
    }

    @DELETE
    @Path("/all")
    @Operation(summary = "End the pause of all roles; pauses of other scopes go on")
    @APIResponse(responseCode = "200", description = "The pause that has ended")
    @APIResponse(responseCode = "404", description = "There is no such pause")
    @APIResponse(responseCode = "503", description = "The ledger cannot be asked now")
    public Uni<PauseView> endAll() {
        return end(new PauseScope.All());
    }

    @DELETE
    @Path("/account/{account}")
    @Operation(summary = "End the pause of an account; pauses of other scopes go on")
    @APIResponse(responseCode = "200", description = "The pause that has ended")
    @APIResponse(responseCode = "404", description = "There is no such pause")
    @APIResponse(responseCode = "503", description = "The ledger cannot be asked now")
    public Uni<PauseView> endAccount(String account) {
        return end(new PauseScope.OfAccount(account));
    }

    @DELETE
    @Path("/role/{id}")
    @Operation(summary = "End the pause of a role; pauses of other scopes go on")
    @APIResponse(responseCode = "200", description = "The pause that has ended")
    @APIResponse(responseCode = "404", description = "There is no such pause")
    @APIResponse(responseCode = "503", description = "The ledger cannot be asked now")
    public Uni<PauseView> endRole(String id) {
        return end(role(id));
    }

    private Uni<PauseView> end(PauseScope scope) {
        return pauses.end(scope)
                .map(ended -> ended.map(PauseView::of)
                        .orElseThrow(() -> new NotFoundException("no pause of " + scope.text() + " is in force")));
    }

    private static PauseScope role(String id) {
        return new PauseScope.OfRole(new InstanceId(id.toLowerCase(Locale.ROOT)));
    }

    @ServerExceptionMapper
    Response tooMany(PauseOperations.TooManyPausesException failure) {
        return Problem.response(Response.Status.CONFLICT, String.valueOf(failure.getMessage()));
    }
}
