package dev.linkedrole.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkedrole.role.guard.Acceptance;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * JSON view of the accepted settings after a release.
 *
 * @param digest digest of the change that was released
 * @param at time of the release
 * @param caller the caller who released it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AcceptedView(
        @Nullable String digest, Instant at, @Nullable String caller) {

    /** Returns the view of an acceptance. */
    public static AcceptedView of(Acceptance acceptance) {
        return new AcceptedView(
                acceptance.released().orElse(null),
                acceptance.at(),
                acceptance.caller().orElse(null));
    }
}
