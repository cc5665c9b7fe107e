package dev.linkedrole.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Finds combinations of settings that contradict each other, although each is within its own bounds. */
public final class ConfigConsistency {

    private static final Duration SHORTEST_CHECK = Duration.ofMinutes(1);

    private ConfigConsistency() {}

    /** Lists the contradictions, one line each: the property, the allowed values, and the configured value. */
    public static List<String> faults(ControllerConfig config) {
        List<String> faults = new ArrayList<>();
        requireAtLeast(
                new Setting("linked-role.iam.timeout", config.iam().timeout()),
                new Setting("linked-role.iam.attempt-timeout", config.iam().attemptTimeout()),
                faults);
        requireAtLeast(
                new Setting(
                        "linked-role.intake.longest-backoff", config.intake().longestBackoff()),
                new Setting("linked-role.intake.first-backoff", config.intake().firstBackoff()),
                faults);
        requireAtLeast(
                new Setting(
                        "linked-role.intake.shutdown-timeout", config.intake().shutdownTimeout()),
                new Setting("linked-role.intake.long-poll", config.intake().longPoll()),
                faults);
        Duration check = config.connect().every();
        if (check.isPositive() && check.compareTo(SHORTEST_CHECK) < 0) {
            faults.add("linked-role.connect.every must be off or at least " + WithinValidator.text(SHORTEST_CHECK)
                    + ", not " + WithinValidator.text(check));
        }
        return faults;
    }

    private record Setting(String property, Duration value) {}

    private static void requireAtLeast(Setting longer, Setting shorter, List<String> faults) {
        if (longer.value().compareTo(shorter.value()) < 0) {
            faults.add(longer.property() + " must be at least " + shorter.property() + ", which is "
                    + WithinValidator.text(shorter.value()) + ", not " + WithinValidator.text(longer.value()));
        }
    }
}
