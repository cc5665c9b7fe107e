package dev.linkedrole.api;

import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.model.RoleDescription;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A change of the description, as a JSON merge patch.
 *
 * @param description the new description; null empties it
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396</a>
 */
record DescriptionPatch(
        @Schema(maxLength = 1000, pattern = "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*", nullable = true)
        String description) {

    private static final String DESCRIPTION = "description";

    /**
     * Reads a patch.
     *
     * @return empty if it changes nothing
     * @throws InvalidValueException if it would change anything else, or has a value that IAM does not accept
     */
    static Optional<RoleDescription> read(String text) {
        JsonBody body = JsonBody.read(text);
        body.fields().stream()
                .filter(field -> !field.equals(DESCRIPTION))
                .findFirst()
                .ifPresent(field -> {
                    throw new InvalidValueException(field
                            + " cannot be edited: only the description of a role can, and its" + " name never changes");
                });
        return body.fields().isEmpty()
                ? Optional.empty()
                : Optional.of(new RoleDescription(body.text(DESCRIPTION).orElse("")));
    }
}
