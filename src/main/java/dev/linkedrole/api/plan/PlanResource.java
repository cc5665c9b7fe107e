package dev.linkedrole.api.plan;

import dev.linkedrole.api.view.PageLimit;
import dev.linkedrole.api.view.PlanView;
import dev.linkedrole.ledger.listing.RoleFilter;
import dev.linkedrole.ledger.listing.RoleListing;
import dev.linkedrole.ledger.listing.RoleSummary;
import dev.linkedrole.reconcile.resync.ResyncPreviewer;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Resource of the plan: the changes that the next resync would make, with nothing changed. */
@Path("/api/plan")
@Produces(MediaType.APPLICATION_JSON)
public class PlanResource {

    private static final int DEFAULT_LIMIT = 50;

    /** Each role may cost several calls to IAM, which the next resync then lacks. */
    private static final int MAX_LIMIT = 200;

    private final RoleListing roles;
    private final ResyncPreviewer previewer;

    PlanResource(RoleListing roles, ResyncPreviewer previewer) {
        this.roles = roles;
        this.previewer = previewer;
    }

    @GET
    @Operation(
            summary = "The changes that the next resync would make, under the settings and the catalog that run now",
            description = "Reads the roles in IAM as a resync does, a page of roles at a time, and writes nothing. The"
                    + " sums are those of the page. Events that arrive later may change the plan.")
    @APIResponse(responseCode = "200", description = "The plan for a page of roles")
    @APIResponse(responseCode = "400", description = "A parameter is not what it has to be")
    @APIResponse(responseCode = "503", description = "The ledger cannot be asked now")
    public Uni<PlanView> plan(
            @QueryParam("after") @Parameter(description = "The `next` of the page before") Optional<String> after,
            @QueryParam("limit")
                    @Parameter(
                            description = "The most roles on the page",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "200",
                                            defaultValue = "50"))
                    Optional<String> limit) {
        return roles.page(
                        RoleFilter.ALL,
                        after.map(text -> new InstanceId(text.toLowerCase(Locale.ROOT))),
                        limit.map(text -> PageLimit.read(text, MAX_LIMIT)).orElse(DEFAULT_LIMIT))
                .flatMap(page -> previewer
                        .preview(
                                page.roles().stream().map(RoleSummary::instance).toList())
                        .map(preview -> PlanView.of(preview, page.next())));
    }
}
