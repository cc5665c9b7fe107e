package dev.linkedrole.intake.envelope;

import dev.linkedrole.role.model.EventId;
import java.time.Instant;
import java.util.Optional;

/**
 * The parts of an event's envelope, whatever its format.
 *
 * @param eventId the event's id and source
 * @param type the event's type as the producer wrote it
 * @param time time of the event by its producer's clock
 * @param subject the instance id that the envelope itself names, if it names one
 * @param data the event's own fields
 */
record Envelope(EventId eventId, String type, Instant time, Optional<String> subject, JsonFields data) {}
