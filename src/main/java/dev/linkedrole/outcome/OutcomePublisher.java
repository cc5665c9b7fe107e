package dev.linkedrole.outcome;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** A way to a target. Each call has a timeout and is retried a few times. */
interface OutcomePublisher extends AutoCloseable {

    /** The most events that one call takes. SNS, SQS and EventBridge agree on it. */
    int MAX_EVENTS = 10;

    /**
     * Publishes events of different groups.
     *
     * @param events at most {@link #MAX_EVENTS}, and of at most {@link CloudEventWriter#MAX_BYTES} in all
     * @return for each, in the same order: empty if it is published, else why not; fails if that holds for all
     */
    Uni<List<Optional<String>>> publish(List<CloudEvent> events);

    /** Whether the target is there; fails if that cannot be found out, as where nobody may ask. */
    Uni<Boolean> exists();

    @Override
    void close();
}
