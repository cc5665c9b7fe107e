package dev.linkedrole.api;

import dev.linkedrole.api.view.HistoryPage;
import dev.linkedrole.api.view.HistoryView;
import dev.linkedrole.api.view.PageLimit;
import dev.linkedrole.api.view.RoleView;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.Inspector;
import dev.linkedrole.reconcile.PauseGate;
import dev.linkedrole.reconcile.operations.Operations;
import dev.linkedrole.reconcile.operations.OperatorResult;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Resource of a role: its recorded state, and the changes that operators may request. {@code id} is the instance id.
 */
@Path("/api/roles/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class RolesResource {

    private static final int MAX_ENTRIES = 1_000;

    private final RecordedRoles roles;
    private final Ledger ledger;
    private final UnpublishedOutcomes unpublished;
    private final Operations operations;
    private final FeatureCatalog catalog;
    private final Inspector inspector;
    private final PauseGate gate;

    RolesResource(
            RecordedRoles roles,
            Ledger ledger,
            UnpublishedOutcomes unpublished,
            Operations operations,
            FeatureCatalog catalog,
            Inspector inspector,
            PauseGate gate) {
        this.roles = roles;
        this.ledger = ledger;
        this.unpublished = unpublished;
        this.operations = operations;
        this.catalog = catalog;
        this.inspector = inspector;
        this.gate = gate;
    }

    @GET
    @Operation(summary = "One role: its lifecycle, name, grants, how full it is, revisions and conditions")
    @APIResponse(responseCode = "200", description = "The role")
    @APIResponse(responseCode = "404", description = "Nothing is recorded of that instance")
    public Uni<RoleView> role(String id) {
        return roles.get(id)
                .flatMap(record -> unpublished.of(record.role().instance().id()).flatMap(seen -> view(record, seen)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Make the role of an instance that never announced itself, or make it again",
            description = "The body is what a producer would send as the data of instance-created. An instance that is"
                    + " known to exist stays as it is, and a role of it that was deleted by hand comes back. With adopt, a"
                    + " role that has the name and is not ours, or is ours and grants what is not recorded, is taken over:"
                    + " all it has is replaced.")
    @RequestBody(content = @Content(schema = @Schema(implementation = NewRole.Body.class)))
    @APIResponse(responseCode = "200", description = "The instance was known to exist; its role was compared with IAM")
    @APIResponse(responseCode = "201", description = "The instance is recorded to exist")
    @APIResponse(responseCode = "400", description = "The body is not what it has to be")
    @APIResponse(
            responseCode = "409",
            description =
                    "The instance is deleted, its id is known with another ARN, or the role is another owner's, or released and adopt is not said")
    @APIResponse(responseCode = "503", description = "IAM or the ledger cannot be asked now")
    public Uni<RestResponse<RoleView>> create(String id, String body) {
        NewRole role = NewRole.read(RecordedRoles.idOf(id), body, catalog);
        return operations.announce(role.instance(), role.alias(), role.adopt()).flatMap(this::response);
    }

    @PATCH
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Edit the role's description, the one thing about it that may be edited",
            description = "A JSON merge patch. What is set here stays, whatever is set in IAM; until anything is, IAM's"
                    + " description is left alone.")
    @RequestBody(content = @Content(schema = @Schema(implementation = DescriptionPatch.class)))
    @APIResponse(responseCode = "200", description = "The role with its description")
    @APIResponse(responseCode = "400", description = "The body is not what it has to be, or names anything else")
    @APIResponse(responseCode = "404", description = "Nothing is recorded of that instance")
    @APIResponse(responseCode = "409", description = "The instance is deleted")
    @APIResponse(responseCode = "503", description = "IAM or the ledger cannot be asked now")
    public Uni<RoleView> edit(String id, String body) {
        return DescriptionPatch.read(body)
                .map(description ->
                        operations.describe(RecordedRoles.idOf(id), description).map(OperatorResult::record))
                .orElseGet(() -> roles.get(id))
                .flatMap(record -> view(record, Optional.empty()));
    }

    /** Returns the view of a role with the conditions that are not recorded. */
    private Uni<RoleView> view(RoleRecord record, Optional<Condition> unpublishedOutcome) {
        return gate.seen(record.role().instance())
                .map(paused -> RoleView.of(
                        record,
                        inspector,
                        Stream.concat(paused.stream(), unpublishedOutcome.stream())
                                .toList()));
    }

    @POST
    @Path("/release")
    @Operation(
            summary = "Let go of the role: it stays in IAM as it is",
            description =
                    "Nothing is done to the role from then on, whatever events follow, not even if its instance is"
                            + " deleted, until it is adopted again (POST /api/roles/{id} with adopt). Saying it again"
                            + " changes nothing.")
    @APIResponse(responseCode = "200", description = "The role is released")
    @APIResponse(responseCode = "404", description = "Nothing is recorded of that instance")
    @APIResponse(responseCode = "409", description = "The instance is deleted, and so is its role")
    @APIResponse(responseCode = "503", description = "The ledger cannot be asked now")
    public Uni<RoleView> release(String id) {
        return operations.release(RecordedRoles.idOf(id)).flatMap(result -> view(result.record(), Optional.empty()));
    }

    private Uni<RestResponse<RoleView>> response(OperatorResult result) {
        return view(result.record(), Optional.empty()).map(view -> response(result, view));
    }

    private static RestResponse<RoleView> response(OperatorResult result, RoleView view) {
        URI location =
                URI.create("/api/roles/" + result.record().role().instance().id());
        return result.news()
                ? RestResponse.ResponseBuilder.<RoleView>created(location)
                        .entity(view)
                        .build()
                : RestResponse.ok(view);
    }

    @GET
    @Path("/history")
    @Operation(
            summary = "What happened to the role, and why: each event with what it granted or took, oldest first",
            description = "Without a limit it is the whole history. With one, the header Link has the address of the"
                    + " next page.")
    @APIResponse(responseCode = "200", description = "What happened")
    @APIResponse(responseCode = "400", description = "A parameter is not what it has to be")
    @APIResponse(responseCode = "404", description = "Nothing is recorded of that instance")
    public Uni<RestResponse<List<HistoryView>>> history(
            String id,
            @QueryParam("after") @Parameter(description = "The place after which the page begins, as in Link")
                    Optional<String> after,
            @QueryParam("limit")
                    @Parameter(
                            description = "The most entries on the page",
                            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000"))
                    Optional<String> limit) {
        Optional<HistoryPage.Mark> mark = after.map(HistoryPage.Mark::parse);
        int most = limit.map(text -> PageLimit.read(text, MAX_ENTRIES)).orElse(Integer.MAX_VALUE);
        return roles.get(id)
                .flatMap(record -> ledger.history(record.role().instance().id())
                        .collect()
                        .asList()
                        .map(HistoryView::of)
                        .map(history ->
                                response(record.role().instance().id(), HistoryPage.of(history, mark, most), most)));
    }

    private static RestResponse<List<HistoryView>> response(InstanceId instance, HistoryPage page, int limit) {
        RestResponse.ResponseBuilder<List<HistoryView>> response = RestResponse.ResponseBuilder.ok(page.entries());
        page.next()
                .ifPresent(next -> response.header(
                        HttpHeaders.LINK,
                        "</api/roles/" + instance + "/history?after=" + next + "&limit=" + limit + ">; rel=\"next\""));
        return response.build();
    }
}
