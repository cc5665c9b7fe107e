package dev.linkedrole.api;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.UnknownInstanceException;
import dev.linkedrole.role.InstanceId;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** The roles, as they are recorded. {@code id} is the instance id. */
@Path("/api/roles/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class RolesResource {

    private final Ledger ledger;

    RolesResource(Ledger ledger) {
        this.ledger = ledger;
    }

    @GET
    @Operation(summary = "One role: its lifecycle, name, grants, revisions and conditions")
    @APIResponse(responseCode = "404", description = "Nothing is recorded of that instance")
    public Uni<RoleView> role(String id) {
        return record(id).map(RoleView::of);
    }

    @GET
    @Path("/history")
    @Operation(summary = "What happened to the role, and why: each event with what it granted or took, oldest first")
    @APIResponse(responseCode = "404", description = "Nothing is recorded of that instance")
    public Uni<List<HistoryView>> history(String id) {
        return record(id)
                .flatMap(record -> ledger.history(record.role().instance().id())
                        .collect()
                        .asList()
                        .map(HistoryView::of));
    }

    private Uni<RoleRecord> record(String id) {
        InstanceId instance = new InstanceId(id.toLowerCase(Locale.ROOT));
        return ledger.load(instance).map(found -> found.orElseThrow(() -> new UnknownInstanceException(instance)));
    }
}
