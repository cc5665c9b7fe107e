package dev.linkedrole.connect;

import dev.linkedrole.role.model.InstanceArn;
import java.time.Instant;
import java.util.Optional;

/**
 * An instance, as Amazon Connect has it.
 *
 * @param alias its alias; empty if it has none
 * @param createdAt time of its creation; empty if Amazon Connect does not say
 * @param serviceRole ARN of the role that Amazon Connect uses for it; empty if Amazon Connect does not say
 */
public record ConnectInstance(
        InstanceArn arn,
        Optional<String> alias,
        Status status,
        Optional<Instant> createdAt,
        Optional<String> serviceRole) {

    /** The state of an instance. */
    public enum Status {
        CREATION_IN_PROGRESS,
        ACTIVE,
        CREATION_FAILED,
        /** A state that this version does not know. */
        UNKNOWN
    }
}
