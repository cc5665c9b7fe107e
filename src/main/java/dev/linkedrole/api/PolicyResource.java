package dev.linkedrole.api;

import dev.linkedrole.api.view.PolicyView;
import dev.linkedrole.reconcile.Inspector;
import dev.linkedrole.role.model.InvalidValueException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Resource of a role's policies: desired and actual. */
@Path("/api/roles/{id}/policy")
@Produces(MediaType.APPLICATION_JSON)
public class PolicyResource {

    private final RecordedRoles roles;
    private final Inspector inspector;

    PolicyResource(RecordedRoles roles, Inspector inspector) {
        this.roles = roles;
        this.inspector = inspector;
    }

    @GET
    @Operation(summary = "The trust and permission policies that the role has to have, and those in IAM beside them")
    @APIResponse(responseCode = "200", description = "The policies")
    @APIResponse(responseCode = "404", description = "Nothing is recorded of that instance")
    @APIResponse(responseCode = "503", description = "IAM cannot be asked now")
    public Uni<PolicyView> policy(
            String id,
            @QueryParam("actual")
                    @Parameter(
                            description = "Whether IAM is to be asked for what the role has, and what differs",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    Optional<String> actual) {
        boolean asked = flag("actual", actual.orElse("false"));
        return roles.get(id)
                .flatMap(record -> asked
                        ? inspector.inspect(record).map(PolicyView::of)
                        : Uni.createFrom().item(PolicyView.of(inspector.desired(record), record.roleArn())));
    }

    /** Parses a boolean strictly: a misspelt "true" that counted as false would answer another question. */
    private static boolean flag(String name, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidValueException(name + " must be true or false");
        };
    }
}
