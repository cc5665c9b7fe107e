package dev.linkedrole.api;

import dev.linkedrole.api.view.PermissionsView;
import dev.linkedrole.reconcile.Inspector;
import dev.linkedrole.role.model.InvalidValueException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Resource that compares a role's permissions for one service with the recorded ones. */
@Path("/api/roles/{id}/permissions")
@Produces(MediaType.APPLICATION_JSON)
public class PermissionsResource {

    private static final Pattern SERVICE = Pattern.compile("[a-z0-9-]{1,64}");

    private final RecordedRoles roles;
    private final Inspector inspector;

    PermissionsResource(RecordedRoles roles, Inspector inspector) {
        this.roles = roles;
        this.inspector = inspector;
    }

    @GET
    @Operation(
            summary = "What the role may do with one service, read from its policies in IAM, and what differs from the"
                    + " record")
    @APIResponse(responseCode = "200", description = "The permissions")
    @APIResponse(responseCode = "400", description = "There is no service, or it is none")
    @APIResponse(responseCode = "404", description = "Nothing is recorded of that instance")
    @APIResponse(responseCode = "503", description = "IAM cannot be asked now")
    public Uni<PermissionsView> permissions(
            String id,
            @QueryParam("service")
                    @Parameter(
                            required = true,
                            description = "What stands before the colon in the service's actions, such as lex")
                    Optional<String> service) {
        String name = service.map(text -> text.toLowerCase(Locale.ROOT))
                .filter(text -> SERVICE.matcher(text).matches())
                .orElseThrow(
                        () -> new InvalidValueException("the parameter service must be what stands before the colon"
                                + " in the actions of a service, such as lex"));
        return roles.get(id).flatMap(inspector::inspect).map(inspection -> PermissionsView.of(name, inspection));
    }
}
