package dev.linkedrole.api;

import dev.linkedrole.api.view.ReconciliationView;
import dev.linkedrole.reconcile.operations.Operations;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Resource that reconciles a role at once, without waiting for the resync. */
@Path("/api/roles/{id}/reconcile")
@Produces(MediaType.APPLICATION_JSON)
public class ReconcileResource {

    private final Operations operations;

    ReconcileResource(Operations operations) {
        this.operations = operations;
    }

    @POST
    @Operation(summary = "Compare the role with IAM now, and repair what differs from the record")
    @APIResponse(responseCode = "200", description = "What was done, or what keeps it from being done")
    @APIResponse(responseCode = "404", description = "Nothing is recorded of that instance")
    @APIResponse(responseCode = "409", description = "The role is released")
    @APIResponse(responseCode = "503", description = "IAM or the ledger cannot be asked now")
    public Uni<ReconciliationView> reconcile(String id) {
        return operations.reconcile(RecordedRoles.idOf(id)).map(ReconciliationView::of);
    }
}
