package dev.linkedrole.connect.imports;

import dev.linkedrole.connect.ConnectLocation;
import dev.linkedrole.ledger.imports.ImportLocation;
import dev.linkedrole.ledger.imports.ImportRecord;
import dev.linkedrole.ledger.imports.Imports;
import dev.linkedrole.role.model.InvalidValueException;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Requests for imports: which accounts and regions are meant, and whether one more import may run. */
public final class ImportRequests {

    private static final DateTimeFormatter ID = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'");

    private final Imports imports;
    private final Supplier<Uni<List<String>>> accounts;
    private final List<String> regions;
    private final InstantSource clock;
    private final Supplier<String> chance;

    /**
     * @param accounts accounts that are meant if a request names none
     * @param regions regions that are meant if a request names none
     * @param chance eight random characters, which tell requests of the same millisecond apart
     */
    public ImportRequests(
            Imports imports,
            Supplier<Uni<List<String>>> accounts,
            List<String> regions,
            InstantSource clock,
            Supplier<String> chance) {
        this.imports = imports;
        this.accounts = accounts;
        this.regions = List.copyOf(regions);
        this.clock = clock;
        this.chance = chance;
    }

    /**
     * Returns the locations that a request means: each account with each region.
     *
     * @param namedAccounts accounts; none for all that are configured
     * @param namedRegions regions; none for those that are configured
     * @return fails with an {@link InvalidValueException} if one of them cannot be, if none is named or configured, or
     *     if there are too many
     */
    public Uni<List<ConnectLocation>> locations(List<String> namedAccounts, List<String> namedRegions) {
        return Uni.createFrom().deferred(() -> {
            List<String> in = namedRegions.isEmpty() ? regions : namedRegions;
            if (in.isEmpty()) {
                throw new InvalidValueException(
                        "regions is missing: name regions such as us-west-2, or configure linked-role.connect.regions");
            }
            return (namedAccounts.isEmpty() ? accounts.get() : Uni.createFrom().item(namedAccounts))
                    .map(of -> product(of, in));
        });
    }

    private static List<ConnectLocation> product(List<String> accounts, List<String> regions) {
        List<ConnectLocation> locations = new ArrayList<>();
        for (String account : new TreeSet<>(accounts)) {
            for (String region : new TreeSet<>(regions)) {
                locations.add(new ConnectLocation(account, region));
            }
        }
        if (locations.size() > ImportRecord.MAX_LOCATIONS) {
            throw new InvalidValueException("accounts and regions must be at most " + ImportRecord.MAX_LOCATIONS
                    + " pairs, not " + locations.size());
        }
        return locations;
    }

    /**
     * Adds an import, which a replica begins soon.
     *
     * @return fails as {@link #locations} does, and with {@link TooManyImportsException}
     */
    public Uni<ImportRecord> request(List<String> namedAccounts, List<String> namedRegions, boolean dryRun) {
        return locations(namedAccounts, namedRegions).flatMap(locations -> {
            Instant now = clock.instant();
            ImportRecord requested = ImportRecord.requested(
                    ID.format(now.atOffset(ZoneOffset.UTC)) + "-" + chance.get(),
                    now,
                    locations.stream()
                            .map(location -> new ImportLocation(location.account(), location.region()))
                            .toList(),
                    dryRun);
            return imports.add(requested).map(added -> {
                if (!added) {
                    throw new TooManyImportsException();
                }
                return requested;
            });
        });
    }

    /** Too many imports have not ended. */
    public static final class TooManyImportsException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooManyImportsException() {
            super(Imports.MAX_RUNNING + " imports have not ended yet; request another one when one of them has");
        }
    }
}
