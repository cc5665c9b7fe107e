package dev.linkedrole.connect.imports;

import dev.linkedrole.connect.ReadScope;
import dev.linkedrole.connect.RequestRate;
import dev.linkedrole.ledger.imports.ImportLocation;
import dev.linkedrole.ledger.imports.ImportRecord;
import dev.linkedrole.ledger.imports.LocationProgress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Estimate of the time that an import takes: locations are read at once, each at the rate of requests that Amazon
 * Connect allows there.
 *
 * @param perInstance time for one instance
 */
public record ImportEstimate(Duration perInstance) {

    /** Creates the estimate for instances whose lists have one page each. */
    public static ImportEstimate of(ReadScope scope, RequestRate rate) {
        return new ImportEstimate(rate.time(scope.requests()));
    }

    /** Returns the time that is left; empty as long as the instances of a location were not counted. */
    public Optional<Duration> left(ImportRecord request, Collection<LocationProgress> progress) {
        Map<ImportLocation, LocationProgress> known = new TreeMap<>();
        progress.forEach(location -> known.put(location.location(), location));
        long longest = 0;
        for (ImportLocation location : request.locations()) {
            LocationProgress at = known.getOrDefault(location, LocationProgress.waiting(location));
            Optional<Long> listed = at.counts().listed();
            if (!at.ended() && listed.isEmpty()) {
                return Optional.empty();
            }
            long left =
                    at.ended() ? 0 : Math.max(0, listed.orElse(0L) - at.counts().read());
            longest = Math.max(longest, left);
        }
        return Optional.of(perInstance.multipliedBy(longest).truncatedTo(ChronoUnit.SECONDS));
    }
}
