package dev.linkedrole.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkedrole.role.guard.ChangeCounts;
import dev.linkedrole.role.guard.HeldChange;
import dev.linkedrole.role.state.SettingsChange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON view of a change of the settings that is held.
 *
 * @param digest the digest that a release has to name
 * @param since from when this replica holds it
 * @param why the settings that differ from those accepted last, a line each; at most 50
 * @param catalogKnown false if the accepted catalog cannot be read: then roles only grow until the release
 * @param roles number of live roles that are recorded; absent until all were compared
 * @param changed number of roles that would change; absent until all were compared
 * @param restricted number of roles that would lose permissions or get another boundary or trust policy; absent until
 *     all were compared
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HeldView(
        String digest,
        Instant since,
        List<String> why,
        boolean catalogKnown,
        @Nullable Long roles,
        @Nullable Long changed,
        @Nullable Long restricted) {

    private static final int MAX_LINES = 50;

    static HeldView of(HeldChange change) {
        return new HeldView(
                change.digest(),
                change.since(),
                change.changes().stream()
                        .limit(MAX_LINES)
                        .map(SettingsChange::line)
                        .toList(),
                change.readable(),
                change.counts().map(ChangeCounts::roles).orElse(null),
                change.counts().map(ChangeCounts::changed).orElse(null),
                change.counts().map(ChangeCounts::restricted).orElse(null));
    }
}
