package dev.linkedrole.role.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * The identity of a DynamoDB table that exists now. A table that is restored from a backup is always a new one, also
 * under the same name.
 *
 * @param id unique among all tables
 * @param createdAt time of the table's creation by DynamoDB's clock
 */
public record TableIdentity(String id, Instant createdAt) {

    private static final String BY_TIME = "created ";

    /**
     * Returns the identity of a table as DynamoDB describes it; the creation time serves as id if an emulator has none.
     *
     * @return empty if neither is known; a copy then looks like its original
     */
    public static Optional<TableIdentity> of(Optional<String> id, Optional<Instant> createdAt) {
        return id.or(() -> createdAt.map(at -> BY_TIME + at))
                .map(known -> new TableIdentity(known, createdAt.orElse(Instant.EPOCH)));
    }
}
