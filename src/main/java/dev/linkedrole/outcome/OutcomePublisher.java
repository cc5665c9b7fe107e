package dev.linkedrole.outcome;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** Publisher to one target. Each call has a timeout and is retried a few times. */
interface OutcomePublisher extends AutoCloseable {

    /** Maximum number of events in one call; the same for SNS, SQS and EventBridge. */
    int MAX_EVENTS = 10;

    /**
     * Publishes events of different groups.
     *
     * @param events at most {@link #MAX_EVENTS}, and of at most {@link CloudEventWriter#MAX_BYTES} in all
     * @return for each event, in the same order: empty if it is published, else the reason; fails if none is
     */
    Uni<List<Optional<String>>> publish(List<CloudEvent> events);

    /** Checks that the target exists; fails if that cannot be determined, for instance without the permission. */
    Uni<Boolean> exists();

    @Override
    void close();
}
