package dev.linkedrole.api.pauses;

import dev.linkedrole.role.pause.Pause;
import java.time.Instant;

/**
 * JSON view of a pause.
 *
 * @param scope all, account/ID or role/ID
 * @param reason the caller's reason
 * @param caller the caller who requested it
 * @param since when it was requested
 * @param until when it ends by itself
 */
public record PauseView(String scope, String reason, String caller, Instant since, Instant until) {

    static PauseView of(Pause pause) {
        return new PauseView(pause.scope().text(), pause.reason(), pause.caller(), pause.since(), pause.until());
    }
}
