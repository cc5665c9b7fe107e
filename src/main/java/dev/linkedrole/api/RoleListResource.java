package dev.linkedrole.api;

import dev.linkedrole.api.view.RolePageView;
import dev.linkedrole.ledger.listing.RoleFilter;
import dev.linkedrole.ledger.listing.RoleListing;
import dev.linkedrole.role.model.InvalidValueException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Resource that lists all roles in pages. */
@Path("/api/roles")
@Produces(MediaType.APPLICATION_JSON)
public class RoleListResource {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    private final RoleListing roles;

    RoleListResource(RoleListing roles) {
        this.roles = roles;
    }

    /**
     * Lists the roles. Parameters are parsed here, since the framework would answer "not found" to a text that is no
     * number.
     */
    @GET
    @Operation(
            summary = "The roles in the order of their instances' ids, a page at a time",
            description = "A page may be short, or empty, and yet have a next one: only so many roles are looked at for"
                    + " one call. May lag behind by some seconds.")
    @APIResponse(responseCode = "200", description = "A page")
    @APIResponse(responseCode = "400", description = "A parameter is not what it has to be")
    public Uni<RolePageView> roles(
            @QueryParam("status")
                    @Parameter(
                            description = "Only these roles",
                            schema =
                                    @Schema(
                                            enumeration = {
                                                "all",
                                                "live",
                                                "deleted",
                                                "unannounced",
                                                "released",
                                                "pending",
                                                "failing"
                                            },
                                            defaultValue = "all"))
                    Optional<String> status,
            @QueryParam("after") @Parameter(description = "The `next` of the page before") Optional<String> after,
            @QueryParam("limit")
                    @Parameter(
                            description = "The most roles on the page",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "500",
                                            defaultValue = "50"))
                    Optional<String> limit) {
        return roles.page(
                        status.map(RoleListResource::filter).orElse(RoleFilter.ALL),
                        after.map(RecordedRoles::idOf),
                        limit.map(RoleListResource::size).orElse(DEFAULT_LIMIT))
                .map(RolePageView::of);
    }

    private static RoleFilter filter(String word) {
        return RoleFilter.ofWord(word)
                .orElseThrow(() -> new InvalidValueException("status must be one of "
                        + Arrays.stream(RoleFilter.values())
                                .map(RoleFilter::word)
                                .collect(Collectors.joining(", "))));
    }

    private static int size(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Rejected below.
        }
        throw new InvalidValueException("limit must be a number from 1 to " + MAX_LIMIT);
    }
}
