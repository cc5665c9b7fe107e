package dev.linkedrole.api.deadletters;

import dev.linkedrole.api.view.DeadLettersView;
import dev.linkedrole.api.view.PageLimit;
import dev.linkedrole.api.view.RedriveView;
import dev.linkedrole.intake.deadletters.DeadLetters;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Resource of the messages in the dead-letter queues. */
@Path("/api/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
public class DeadLettersResource {

    private static final int DEFAULT_LIMIT = 200;

    /** Maximum number of messages to show of each queue: each is shown with the beginning of its body. */
    private static final int MAX_SHOWN = 1_000;

    private final DeadLetters letters;

    DeadLettersResource(DeadLetters letters) {
        this.letters = letters;
    }

    @GET
    @Operation(
            summary = "The messages in the dead-letter queues, grouped by the reason of their rejection",
            description = "None is consumed. SQS shows messages only by receiving them, so they are hidden from other"
                    + " readers of the dead-letter queue until the call ends, for at most 90 s.")
    @APIResponse(responseCode = "200", description = "What was found, and how far each queue was read")
    @APIResponse(responseCode = "400", description = "A parameter is not what it has to be")
    @APIResponse(responseCode = "503", description = "No dead-letter queue can be read now")
    public Uni<DeadLettersView> list(
            @QueryParam("reason") @Parameter(description = "Only these reasons") List<String> reasons,
            @QueryParam("queue") @Parameter(description = "Only messages that were sent to these queues")
                    List<String> queues,
            @QueryParam("limit")
                    @Parameter(
                            description = "The most messages to read of each queue",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "1000",
                                            defaultValue = "200"))
                    Optional<String> limit) {
        return letters.look(
                        Choice.filter(reasons, queues, List.of(), letters.queues()),
                        limit.map(text -> PageLimit.read(text, MAX_SHOWN)).orElse(DEFAULT_LIMIT))
                .map(DeadLettersView::of);
    }

    @POST
    @Path("/redrive")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Send messages of the dead-letter queues to their queues again",
            description = "They are handled like new ones: what was recorded meanwhile changes nothing, and what is"
                    + " still wrong comes back with a new reason and the time of the redrive. Each is sent before it"
                    + " is deleted here, so none is lost.")
    @RequestBody(content = @Content(schema = @Schema(implementation = RedriveRequest.Body.class)))
    @APIResponse(
            responseCode = "200",
            description = "What was sent and what was not",
            content = @Content(schema = @Schema(implementation = RedriveView.class)))
    @APIResponse(responseCode = "400", description = "The body or the limit is not what it has to be")
    @APIResponse(responseCode = "503", description = "No dead-letter queue can be read now")
    public Uni<RedriveView> redrive(
            String body,
            @QueryParam("limit")
                    @Parameter(
                            description = "The most messages to read of each queue",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "10000",
                                            defaultValue = "10000"))
                    Optional<String> limit) {
        RedriveRequest request = RedriveRequest.read(body, letters.queues());
        return letters.redrive(
                        request.filter(),
                        limit.map(text -> PageLimit.read(text, Choice.MAX_LIMIT))
                                .orElse(Choice.MAX_LIMIT))
                .map(RedriveView::of);
    }
}
