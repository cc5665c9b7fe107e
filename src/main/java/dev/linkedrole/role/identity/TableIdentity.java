package dev.linkedrole.role.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * The identity of a DynamoDB table that exists now. A table that is restored from a backup is always a new one, also under the same name.
 *
 * @param id unlike that of any other table
 * @param createdAt when the table was made, by the clock of DynamoDB
 */
public record TableIdentity(String id, Instant createdAt) {

    private static final String BY_TIME = "created ";

    /**
     * The identity of a table as DynamoDB describes it; the time of its creation where an emulator has no id for it.
     *
     * @return empty if neither is known: then a copy cannot be told from its original
     */
    public static Optional<TableIdentity> of(Optional<String> id, Optional<Instant> createdAt) {
        return id.or(() -> createdAt.map(at -> BY_TIME + at))
                .map(known -> new TableIdentity(known, createdAt.orElse(Instant.EPOCH)));
    }
}
