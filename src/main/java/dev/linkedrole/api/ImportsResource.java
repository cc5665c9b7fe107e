package dev.linkedrole.api;

import dev.linkedrole.api.view.ImportListView;
import dev.linkedrole.api.view.ImportView;
import dev.linkedrole.connect.imports.DriftReporter;
import dev.linkedrole.connect.imports.ImportEstimate;
import dev.linkedrole.connect.imports.ImportRequests;
import dev.linkedrole.connect.imports.ImportSchedule;
import dev.linkedrole.ledger.imports.Finding;
import dev.linkedrole.ledger.imports.ImportRecord;
import dev.linkedrole.ledger.imports.Imports;
import dev.linkedrole.role.model.InvalidValueException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;

/** Resource of the imports: the instances of accounts and regions, read from Amazon Connect and recorded. */
@Path("/api/imports")
@Produces(MediaType.APPLICATION_JSON)
public class ImportsResource {

    private static final int MAX_LISTED = 100;
    private static final int PAGE = 100;

    private final Imports imports;
    private final ImportRequests requests;
    private final ImportSchedule schedule;
    private final ImportEstimate estimate;
    private final DriftReporter drift;

    ImportsResource(
            Imports imports,
            ImportRequests requests,
            ImportSchedule schedule,
            ImportEstimate estimate,
            DriftReporter drift) {
        this.imports = imports;
        this.requests = requests;
        this.schedule = schedule;
        this.estimate = estimate;
        this.drift = drift;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Read the instances of accounts and regions from Amazon Connect, and record what is lacking",
            description =
                    "The import goes on in the background, on any replica, also after a crash. With dryRun it tells"
                            + " what would be recorded, and records nothing.")
    @RequestBody(content = @Content(schema = @Schema(implementation = NewImport.Body.class)))
    @APIResponse(
            responseCode = "202",
            description = "The import, which has not begun; Location is where it is found",
            content = @Content(schema = @Schema(implementation = ImportView.class)))
    @APIResponse(responseCode = "400", description = "The body is not what it has to be")
    @APIResponse(responseCode = "409", description = "Too many imports have not ended yet")
    @APIResponse(responseCode = "503", description = "The ledger cannot be asked now")
    public Uni<RestResponse<ImportView>> request(String body) {
        NewImport request = NewImport.read(body);
        return requests.request(request.accounts(), request.regions(), request.dryRun())
                .invoke(schedule::soon)
                .map(this::accepted);
    }

    private RestResponse<ImportView> accepted(ImportRecord record) {
        Finding.Page none = new Finding.Page(List.of(), Optional.empty());
        ImportView view =
                ImportView.of(record, List.of(), none, estimate.perInstance(), estimate.left(record, List.of()));
        return RestResponse.ResponseBuilder.create(RestResponse.Status.ACCEPTED, view)
                .header(HttpHeaders.LOCATION, "/api/imports/" + record.id())
                .build();
    }

    @GET
    @Operation(
            summary =
                    "The last imports, the newest first; or which instances have no role, and which roles no instance",
            description = "With compare=true, the instances of each account and region are listed now, for up to 30 s,"
                    + " and compared with the ledger. Nothing is recorded.")
    @APIResponse(responseCode = "200", description = "The imports, or the comparison")
    @APIResponse(responseCode = "400", description = "A parameter is not what it has to be")
    @APIResponse(responseCode = "503", description = "The ledger cannot be asked now")
    public Uni<ImportListView> list(
            @QueryParam("compare") @Parameter(description = "true for the comparison") Optional<String> compare,
            @QueryParam("account") @Parameter(description = "Only these accounts; all that are configured if absent")
                    List<String> accounts,
            @QueryParam("region") @Parameter(description = "Only these regions; those that are configured if absent")
                    List<String> regions) {
        return compare.map(ImportsResource::flag).orElse(false)
                ? requests.locations(accounts, regions).flatMap(drift::report).map(ImportListView::of)
                : imports.newest(MAX_LISTED).map(ImportListView::of);
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidValueException("compare must be true or false");
        };
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One import: how far it has got, what it found, and what it could not read and why")
    @APIResponse(responseCode = "200", description = "The import, with a page of what it found")
    @APIResponse(responseCode = "400", description = "A parameter is not what it has to be")
    @APIResponse(responseCode = "404", description = "There is no such import")
    @APIResponse(responseCode = "503", description = "The ledger cannot be asked now")
    public Uni<ImportView> get(
            String id,
            @QueryParam("after") @Parameter(description = "The `next` of the page before") Optional<String> after) {
        Optional<String> mark = after.map(ImportsResource::mark);
        return imports.get(id)
                .map(found -> found.orElseThrow(() -> new NotFoundException("there is no import of this id")))
                .flatMap(record -> imports.progress(id)
                        .flatMap(progress -> imports.findings(id, mark, PAGE)
                                .map(findings -> ImportView.of(
                                        record,
                                        progress,
                                        findings,
                                        estimate.perInstance(),
                                        estimate.left(record, progress)))));
    }

    private static String mark(String text) {
        return ImportView.mark(text)
                .orElseThrow(() -> new InvalidValueException("after must be the next of the page before"));
    }
}
