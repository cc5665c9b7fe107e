package dev.linkedrole.intake.envelope;

import dev.linkedrole.role.model.EventId;
import java.time.Instant;
import java.util.Optional;

/**
 * The parts of an event's envelope, of whatever kind.
 *
 * @param eventId the event's id and source
 * @param type the event's type as it was written
 * @param time time of the event by its producer's clock
 * @param subject the instance id that the envelope itself names, if it does
 * @param data the event's own fields
 */
record Envelope(EventId eventId, String type, Instant time, Optional<String> subject, JsonFields data) {}
