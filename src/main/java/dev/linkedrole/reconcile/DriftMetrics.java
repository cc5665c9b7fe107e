package dev.linkedrole.reconcile;

import dev.linkedrole.role.plan.Difference;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;

/** Counter of changes by others that were found on roles and repaired. All series exist from the start. */
@Singleton
public final class DriftMetrics {

    /** Components of a role, without the name of a single policy. */
    private static final List<String> COMPONENTS = List.of(
            "trust",
            "tags",
            "boundary",
            "description",
            "inline",
            "managed",
            "attached",
            "instance-profile",
            Difference.ROLE);

    private final MeterRegistry registry;

    DriftMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (String component : COMPONENTS) {
            for (Difference.Kind kind : Difference.Kind.values()) {
                drift(component, kind);
            }
        }
    }

    void watch(@Observes StartupEvent event, Reconciler reconciler) {
        reconciler.whenDrifted(this::count);
    }

    void count(List<Difference> drift) {
        drift.forEach(difference -> drift(difference.component().split(":", 2)[0], difference.kind())
                .increment());
    }

    private Counter drift(String component, Difference.Kind kind) {
        return Counter.builder("linked.role.drift")
                .description("Changes by others that were found on roles and repaired, by component and kind.")
                .tag("component", component)
                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
