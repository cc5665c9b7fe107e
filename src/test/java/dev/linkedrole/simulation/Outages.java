package dev.linkedrole.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/** Which services are down, and until when. */
final class Outages {

    private final InstantSource clock;
    private final Map<Service, Instant> until = new EnumMap<>(Service.class);

    Outages(InstantSource clock) {
        this.clock = clock;
    }

    void begin(Service service, Duration length) {
        until.put(service, clock.instant().plus(length));
    }

    /** All are up again. */
    void end() {
        until.clear();
    }

    boolean down(Service service) {
        return until.getOrDefault(service, Instant.MIN).isAfter(clock.instant());
    }
}
