package dev.linkedrole.api;

import dev.linkedrole.api.view.LedgerView;
import dev.linkedrole.api.view.RebuildView;
import dev.linkedrole.ledger.LedgerWatch;
import dev.linkedrole.reconcile.rebuild.LedgerRebuild;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InvalidValueException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/**
 * Resource of the ledger as a whole: shows that it was restored from a backup, adopts a restored one, and rebuilds a lost
 * one.
 */
@Path("/api/ledger")
@Produces(MediaType.APPLICATION_JSON)
public class LedgerResource {

    private static final String TABLE = "table";

    private final LedgerWatch watch;
    private final LedgerRebuild rebuild;

    LedgerResource(LedgerWatch watch, LedgerRebuild rebuild) {
        this.watch = watch;
        this.rebuild = rebuild;
    }

    @GET
    @Operation(summary = "Whether the ledger was restored from a backup, so that roles only grow until it is adopted")
    @APIResponse(responseCode = "200", description = "The verdict of a check made now")
    public Uni<LedgerView> ledger() {
        return watch.check().map(LedgerView::of);
    }

    @POST
    @Path("/adopt")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Go by a ledger that was restored from a backup",
            description =
                    "From then on roles are made what is recorded of them: what they grant beyond that is revoked."
                            + " The body names the table as GET /api/ledger does. Saying it again changes nothing.")
    @RequestBody(content = @Content(schema = @Schema(implementation = AdoptedLedger.class)))
    @APIResponse(responseCode = "200", description = "The ledger is adopted")
    @APIResponse(responseCode = "400", description = "The body is not what it has to be")
    @APIResponse(responseCode = "409", description = "The ledger is in another table")
    @APIResponse(responseCode = "503", description = "The ledger cannot be asked now")
    public Uni<LedgerView> adopt(String body) {
        String table = JsonBody.read(body)
                .text(TABLE)
                .orElseThrow(() -> new InvalidValueException(
                        TABLE + " is missing: it must be the table that GET /api/ledger names"));
        return watch.adopt(table).map(LedgerView::of);
    }

    @POST
    @Path("/rebuild")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Record what the roles of an account grant and the ledger lacks, after it was lost or restored",
            description = "Reads a page of the account's roles. What the policies of those that bear our tags grant is"
                    + " read back and recorded, and nothing of them is revoked. Call it again with from until there is"
                    + " no next. A repeated call records nothing twice.")
    @RequestBody(content = @Content(schema = @Schema(implementation = RebuiltAccount.class)))
    @APIResponse(responseCode = "200", description = "The roles of the page, and what was recorded of each")
    @APIResponse(responseCode = "400", description = "The body is not what it has to be")
    @APIResponse(responseCode = "502", description = "IAM refuses to list the roles of the account")
    @APIResponse(responseCode = "503", description = "IAM or the ledger cannot be asked now")
    public Uni<RebuildView> rebuild(String body) {
        JsonBody fields = JsonBody.read(body);
        String account = fields.text("account")
                .filter(InstanceArn::isAccount)
                .orElseThrow(() -> new InvalidValueException("account must be the twelve digits of an AWS account"));
        boolean dryRun = fields.flag("dryRun");
        return rebuild.page(account, fields.text("from"), dryRun).map(page -> RebuildView.of(account, dryRun, page));
    }

    /**
     * Request body of a rebuilding, for the OpenAPI document.
     *
     * @param account twelve digits
     * @param from the {@code next} of the page before; absent for the first one
     * @param dryRun true to record nothing
     */
    record RebuiltAccount(@Schema(required = true) String account, String from, boolean dryRun) {}

    /**
     * Request body of an adoption, for the OpenAPI document.
     *
     * @param table the table that GET /api/ledger names
     */
    record AdoptedLedger(@Schema(required = true) String table) {}
}
