package dev.linkedrole.role.guard;

import dev.linkedrole.role.model.Digest;
import java.util.List;
import java.util.Optional;

/**
 * The settings that change recorded roles, as they were accepted last.
 *
 * @param catalog the text of the catalog file; empty if an earlier version accepted it, which did not store it
 * @param principal the catalog's principal, in case its text is missing or cannot be read
 * @param boundary the permissions boundary of the roles, as it is configured
 * @param leaveAlone patterns of the policies of others that stay on roles
 */
public record AcceptedSettings(
        Optional<String> catalog, Optional<String> principal, Optional<String> boundary, List<String> leaveAlone) {

    public AcceptedSettings {
        leaveAlone = List.copyOf(leaveAlone);
    }

    /** Returns a digest, which is equal for equal settings. */
    public String digest() {
        return Digest.of(String.join(
                "\n",
                boundary.orElse(""),
                leaveAlone.toString(),
                principal.orElse(""),
                catalog.map(text -> "with\n" + text).orElse("without")));
    }
}
