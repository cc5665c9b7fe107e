package dev.linkedrole.simulation.faults;

import dev.linkedrole.simulation.world.ModelService;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/** The unavailable services, and the ends of their outages. */
public final class Outages {

    private final InstantSource clock;
    private final Map<ModelService, Instant> until = new EnumMap<>(ModelService.class);

    public Outages(InstantSource clock) {
        this.clock = clock;
    }

    public void begin(ModelService service, Duration length) {
        until.put(service, clock.instant().plus(length));
    }

    /** Ends all outages. */
    public void end() {
        until.clear();
    }

    public boolean down(ModelService service) {
        return until.getOrDefault(service, Instant.MIN).isAfter(clock.instant());
    }
}
