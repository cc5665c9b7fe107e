package dev.linkedrole.api.plan;

import dev.linkedrole.api.JsonBody;
import dev.linkedrole.api.Problem;
import dev.linkedrole.api.view.AcceptedView;
import dev.linkedrole.api.view.PageLimit;
import dev.linkedrole.api.view.PlanView;
import dev.linkedrole.ledger.listing.RoleFilter;
import dev.linkedrole.ledger.listing.RoleListing;
import dev.linkedrole.ledger.listing.RoleSummary;
import dev.linkedrole.reconcile.guard.NotHeldException;
import dev.linkedrole.reconcile.guard.SettingsGuard;
import dev.linkedrole.reconcile.resync.ResyncPreviewer;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.InvalidValueException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Resource of the plan: the changes that the next resync would make, with nothing changed. */
@Path("/api/plan")
@Produces(MediaType.APPLICATION_JSON)
public class PlanResource {

    private static final int DEFAULT_LIMIT = 50;

    /** Each role may cost several calls to IAM, which the next resync then lacks. */
    private static final int MAX_LIMIT = 200;

    private static final String DIGEST = "digest";

    private final RoleListing roles;
    private final ResyncPreviewer previewer;
    private final SettingsGuard guard;
    private final SecurityIdentity caller;

    PlanResource(RoleListing roles, ResyncPreviewer previewer, SettingsGuard guard, SecurityIdentity caller) {
        this.roles = roles;
        this.previewer = previewer;
        this.guard = guard;
        this.caller = caller;
    }

    @GET
    @Operation(
            summary = "The changes that the next resync would make, under the settings and the catalog of this replica",
            description = "Reads the roles in IAM as a resync does, a page of roles at a time, and writes nothing. The"
                    + " sums are those of the page. Events that arrive later may change the plan. If a change of the"
                    + " settings or the catalog is held, the plan shows what its release would do.")
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
                        .map(preview ->
                                PlanView.of(preview, page.next(), guard.view().change())));
    }

    @POST
    @Path("/release")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Release the change of the settings or the catalog that is held",
            description =
                    "Within seconds each replica compiles roles by the new settings, and the next resync makes the"
                            + " changes. The body names the digest of the change as GET /api/plan does. Saying it again changes"
                            + " nothing.")
    @RequestBody(content = @Content(schema = @Schema(implementation = ReleasedChange.class)))
    @APIResponse(responseCode = "200", description = "The settings are accepted")
    @APIResponse(responseCode = "400", description = "The body is not what it has to be")
    @APIResponse(responseCode = "409", description = "Another change is held, or none")
    @APIResponse(responseCode = "503", description = "The ledger cannot be asked now")
    public Uni<AcceptedView> release(String body) {
        String digest = JsonBody.read(body)
                .text(DIGEST)
                .orElseThrow(() -> new InvalidValueException(
                        DIGEST + " is missing: it must be the digest that GET /api/plan names"));
        return guard.release(digest, caller.getPrincipal().getName())
                .map(view -> AcceptedView.of(view.acceptance().orElseThrow()));
    }

    @ServerExceptionMapper
    Response notHeld(NotHeldException failure) {
        return Problem.response(Response.Status.CONFLICT, String.valueOf(failure.getMessage()));
    }

    /**
     * Request body of a release, for the OpenAPI document.
     *
     * @param digest the digest that GET /api/plan names
     */
    record ReleasedChange(@Schema(required = true) String digest) {}
}
