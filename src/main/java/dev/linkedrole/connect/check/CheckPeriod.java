package dev.linkedrole.connect.check;

import dev.linkedrole.connect.ReadScope;
import dev.linkedrole.connect.RequestRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Period within which every instance is compared once, and how the instances are spread over it.
 *
 * @param every the period; zero for no check
 */
public record CheckPeriod(Duration every) {

    private static final Duration MIN_LOOK = Duration.ofSeconds(15);
    private static final Duration MAX_LOOK = Duration.ofMinutes(5);

    /** Number of looks in a period, if they are neither too short nor too long. */
    private static final int LOOKS = 40;

    /** Number of instances of a location below which a period is worth a warning. */
    private static final int FEW = 100;

    /** Part of the period, in tenths, by which the instances are through; the rest is left for failures. */
    private static final int BUSY_TENTHS = 8;

    /** True if there is a check. */
    public boolean on() {
        return every.isPositive();
    }

    /**
     * Time between two looks for work. It exceeds that of the imports, which so come to their turn at a location that is
     * behind.
     */
    Duration look() {
        Duration look = every.dividedBy(LOOKS);
        Duration longer = look.compareTo(MIN_LOOK) < 0 ? MIN_LOOK : look;
        return longer.compareTo(MAX_LOOK) > 0 ? MAX_LOOK : longer;
    }

    /**
     * Returns how many instances of a walk are to be through by the next look.
     *
     * @param listed number of all instances
     * @param age time since the walk was begun
     * @return at least one; {@link Long#MAX_VALUE} for all there are
     */
    long goal(long listed, Duration age) {
        double part = (double) age.plus(look()).toMillis() / busy().toMillis();
        long goal = (long) Math.ceil(listed * part);
        return goal >= listed ? Long.MAX_VALUE : goal;
    }

    private Duration busy() {
        return every.multipliedBy(BUSY_TENTHS).dividedBy(10);
    }

    /** Time after which a failure is reported again: less than a period, since a walk may come to it sooner. */
    Duration silence() {
        return busy();
    }

    /** True if so many instances of one location cannot be read within the period. */
    boolean isTooShortFor(long instances, Duration perInstance) {
        return perInstance.multipliedBy(instances).compareTo(every) > 0;
    }

    /** Lists what is not as it should be with this period, one line each, for the log at start. */
    public List<String> warnings(ReadScope scope) {
        List<String> warnings = new ArrayList<>();
        if (scope.equals(new ReadScope(Set.of(), Set.of(), false, false))) {
            warnings.add(
                    "linked-role.connect.every has little effect: the catalog has no feature of which Amazon Connect"
                            + " is the authority, so that only creations and deletions are found");
        }
        long instances = every.dividedBy(perInstance(scope));
        if (instances < FEW) {
            warnings.add("linked-role.connect.every is short: at the rate that Amazon Connect allows, only " + instances
                    + " instances of an account and region can be compared within it");
        }
        return warnings;
    }

    /** Returns the time for one instance at the rate that is allowed. */
    static Duration perInstance(ReadScope scope) {
        return RequestRate.DEFAULT.time(scope.requests());
    }
}
