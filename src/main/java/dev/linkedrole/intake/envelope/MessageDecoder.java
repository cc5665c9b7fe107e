package dev.linkedrole.intake.envelope;

import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.model.RejectedException;
import java.util.Optional;

/** Decodes a message's body: an event of a producer, or an API call of the service itself. */
public final class MessageDecoder {

    private final EventDecoder events;
    private final ClockTolerance tolerance;
    private final Optional<ApiCallMapper> apiCalls;

    /**
     * @param catalog the known features and API calls
     * @param tolerance bound on how far the times of events may be ahead
     */
    public MessageDecoder(FeatureCatalog catalog, ClockTolerance tolerance) {
        this.events = new EventDecoder(catalog, tolerance);
        this.tolerance = tolerance;
        this.apiCalls = catalog.apiCalls().map(calls -> new ApiCallMapper(catalog, calls));
    }

    /**
     * Decodes a message.
     *
     * @throws RejectedException if the message cannot be accepted
     */
    public Decoded decode(String body) {
        JsonFields event = events.open(body);
        return apiCalls.isPresent() && ApiCall.isIn(event)
                ? decode(apiCalls.get(), ApiCall.in(event))
                : new Decoded.Event(events.decode(event));
    }

    private Decoded decode(ApiCallMapper mapper, ApiCall call) {
        Decoded decoded = mapper.map(call);
        if (!(decoded instanceof Decoded.Dropped)) {
            tolerance.check(call.second());
        }
        return decoded;
    }
}
