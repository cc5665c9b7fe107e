package dev.linkedrole.outcome;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.eventbridge.EventBridgeAsyncClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;

/**
 * Publisher to an EventBridge bus. The detail is the whole CloudEvent, since EventBridge assigns an id of its own to
 * each event, and another one at each attempt.
 */
record EventBus(EventBridgeAsyncClient events, Target.Bus bus) implements OutcomePublisher {

    @Override
    public Uni<List<Optional<String>>> publish(List<CloudEvent> batch) {
        List<PutEventsRequestEntry> entries = batch.stream().map(this::entry).toList();
        return Uni.createFrom()
                .completionStage(() -> events.putEvents(r -> r.entries(entries)))
                .map(response ->
                        response.entries().stream().map(EventBus::result).toList());
    }

    /** Asks for the bus itself, since PutEvents reports no error for a bus that does not exist. */
    @Override
    public Uni<Boolean> exists() {
        return Uni.createFrom()
                .completionStage(() -> events.describeEventBus(r -> r.name(bus.arn())))
                .replaceWith(true)
                .onFailure(ResourceNotFoundException.class)
                .recoverWithItem(false);
    }

    private PutEventsRequestEntry entry(CloudEvent event) {
        return PutEventsRequestEntry.builder()
                .eventBusName(bus.arn())
                .source(event.source())
                .detailType(event.type())
                .time(event.time())
                .resources(event.resources())
                .detail(event.json())
                .build();
    }

    private static Optional<String> result(PutEventsResultEntry entry) {
        return Optional.ofNullable(entry.errorCode()).map(code -> code + ": " + entry.errorMessage());
    }

    @Override
    public void close() {
        events.close();
    }
}
