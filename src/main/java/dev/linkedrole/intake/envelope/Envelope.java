package dev.linkedrole.intake.envelope;

import dev.linkedrole.role.model.EventId;
import java.time.Instant;
import java.util.Optional;

/**
 * What is around an event's data, whichever kind of envelope it came in.
 *
 * @param eventId what makes it that event
 * @param type the event's type as it was written
 * @param time when it happened, by its producer's clock
 * @param subject the instance id that the envelope itself names, if it does
 * @param data the event's own fields
 */
record Envelope(EventId eventId, String type, Instant time, Optional<String> subject, JsonFields data) {}
