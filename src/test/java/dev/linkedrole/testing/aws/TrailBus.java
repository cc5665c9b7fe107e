package dev.linkedrole.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/**
 * Default bus of a local AWS, in the part of CloudTrail. The local ones take events whose source is {@code aws.connect} from anybody; AWS takes
 * them from its own services only.
 */
public final class TrailBus implements AutoCloseable {

    private static final int MAX_ENTRIES = 10;

    private final EventBridgeClient events;

    /**
     * @param events client in the account and region of the bus
     */
    public TrailBus(EventBridgeClient events) {
        this.events = events;
    }

    /** Puts events, in their order. */
    public void put(List<ObjectNode> all) {
        for (int first = 0; first < all.size(); first += MAX_ENTRIES) {
            List<PutEventsRequestEntry> entries = new ArrayList<>();
            for (ObjectNode event : all.subList(first, Math.min(first + MAX_ENTRIES, all.size()))) {
                entries.add(PutEventsRequestEntry.builder()
                        .source(event.path("source").asText())
                        .detailType(event.path("detail-type").asText())
                        .detail(event.path("detail").toString())
                        .build());
            }
            assertThat(events.putEvents(r -> r.entries(entries)).failedEntryCount())
                    .isZero();
        }
    }

    @Override
    public void close() {
        events.close();
    }
}
