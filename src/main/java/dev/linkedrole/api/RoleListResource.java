package dev.linkedrole.api;

import dev.linkedrole.api.view.PageLimit;
import dev.linkedrole.api.view.RolePageView;
import dev.linkedrole.ledger.listing.RoleFilter;
import dev.linkedrole.ledger.lookup.RoleLookup;
import dev.linkedrole.ledger.lookup.RoleQuery;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.model.LogText;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private final RoleLookup roles;

    RoleListResource(RoleLookup roles) {
        this.roles = roles;
    }

    /**
     * Lists the roles. Parameters are parsed here, since the framework would answer "not found" to a text that is no
     * number.
     */
    @GET
    @Operation(
            summary = "The roles in the order of their instances' ids, a page at a time",
            description = "All parameters that are given have to hold. A page may be short, or empty, and yet have a"
                    + " next one: only so many roles are looked at for one call. May lag behind by some seconds; a role"
                    + " that is named by name or arn does not.")
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
            @QueryParam("name") @Parameter(description = "The name of the role in IAM") Optional<String> name,
            @QueryParam("arn") @Parameter(description = "The ARN of the role or of its instance") Optional<String> arn,
            @QueryParam("alias") @Parameter(description = "The alias of the instance") Optional<String> alias,
            @QueryParam("account") @Parameter(description = "The account of the instance") Optional<String> account,
            @QueryParam("feature") @Parameter(description = "A feature that is enabled") Optional<String> feature,
            @QueryParam("resource")
                    @Parameter(description = "The ARN of a resource that is granted, or of a part of it, or of a whole")
                    Optional<String> resource,
            @QueryParam("condition") @Parameter(description = "A condition that the role has")
                    Optional<String> condition,
            @QueryParam("drifted")
                    @Parameter(
                            description = "Whether the latest comparison with IAM repaired what others had changed",
                            schema = @Schema(type = SchemaType.BOOLEAN))
                    Optional<String> drifted,
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
        RoleQuery query = new RoleQuery(
                name,
                arn,
                alias,
                account,
                feature,
                resource,
                condition.map(RoleListResource::condition),
                drifted.map(RoleListResource::flag));
        return roles.page(
                        query,
                        status.map(RoleListResource::filter).orElse(RoleFilter.ALL),
                        after.map(RecordedRoles::idOf),
                        limit.map(text -> PageLimit.read(text, MAX_LIMIT)).orElse(DEFAULT_LIMIT))
                .map(RolePageView::of);
    }

    private static RoleFilter filter(String word) {
        return RoleFilter.ofWord(word)
                .orElseThrow(() -> new InvalidValueException("status must be one of "
                        + Arrays.stream(RoleFilter.values())
                                .map(RoleFilter::word)
                                .collect(Collectors.joining(", "))));
    }

    private static Condition.Type condition(String word) {
        return Stream.of(Condition.Type.values())
                .filter(type -> type.name().equalsIgnoreCase(word))
                .filter(type -> type != Condition.Type.OutcomeNotPublished)
                .findFirst()
                .orElseThrow(() -> new InvalidValueException("condition must be the type of a condition that is"
                        + " recorded, such as RoleNameTaken, not " + LogText.of(word)));
    }

    private static boolean flag(String word) {
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidValueException("drifted must be true or false");
        };
    }
}
