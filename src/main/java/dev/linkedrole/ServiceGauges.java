package dev.linkedrole;

import dev.linkedrole.config.ControllerConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Gauges of the service as a whole: its build, and the checks of its readiness. */
@Singleton
final class ServiceGauges {

    private final MeterRegistry registry;

    ServiceGauges(MeterRegistry registry) {
        this.registry = registry;
    }

    void register(
            @Observes StartupEvent event,
            ControllerConfig config,
            @ConfigProperty(name = "quarkus.application.version") String version,
            @Readiness Instance<HealthCheck> checks) {
        Gauge.builder("linked.role.build.info", () -> 1)
                .description("1, with the version, the mode and the catalog of this replica as labels.")
                .tag("version", version)
                .tag("mode", StartLine.word(config.mode()))
                .tag("catalog", config.catalog())
                .register(registry);
        checks.forEach(this::register);
    }

    private void register(HealthCheck check) {
        Gauge.builder("linked.role.ready", check, ServiceGauges::ready)
                .description("1 if a check of the readiness succeeds, else 0.")
                .tag("check", check.call().getName())
                .register(registry);
    }

    private static double ready(HealthCheck check) {
        return check.call().getStatus() == HealthCheckResponse.Status.UP ? 1 : 0;
    }
}
