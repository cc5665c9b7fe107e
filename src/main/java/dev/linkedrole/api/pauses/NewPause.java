package dev.linkedrole.api.pauses;

import dev.linkedrole.api.JsonBody;
import dev.linkedrole.role.model.InvalidValueException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A request for a pause.
 *
 * @param reason one line for whoever finds the roles paused
 * @param until its end
 */
record NewPause(String reason, Instant until) {

    private static final String REASON = "reason";
    private static final String UNTIL = "until";

    /** Reads the request from the body of a call; unknown fields are ignored. */
    static NewPause read(String text) {
        JsonBody body = JsonBody.read(text);
        String reason = body.text(REASON)
                .orElseThrow(() -> new InvalidValueException(REASON + " is missing: it must say why, in one line"));
        String until = body.text(UNTIL)
                .orElseThrow(() -> new InvalidValueException(UNTIL + " is missing: it must be the end of the pause"));
        return new NewPause(reason, timeOf(until));
    }

    private static Instant timeOf(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new InvalidValueException(UNTIL + " must be a time with its offset, such as 2026-12-24T18:00:00Z");
        }
    }

    /**
     * Request body, for the OpenAPI document.
     *
     * @param reason one line of 1 to 500 characters
     * @param until the end, at most 31 days ahead
     */
    record Body(
            @Schema(required = true, maxLength = 500) String reason,
            @Schema(required = true) Instant until) {}
}
