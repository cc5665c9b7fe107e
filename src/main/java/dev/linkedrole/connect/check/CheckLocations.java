package dev.linkedrole.connect.check;

import dev.linkedrole.connect.ConnectLocation;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.LinkedRole;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Locations that are checked: those that are configured, and those of the recorded roles. */
public final class CheckLocations {

    private static final Logger LOG = LoggerFactory.getLogger(CheckLocations.class);

    /** Number of times in a period that the recorded roles are looked through. */
    private static final int LOOKS = 4;

    private final Supplier<Uni<List<ConnectLocation>>> configured;
    private final Ledger ledger;
    private final InstantSource steady;
    private final Duration refresh;
    private volatile List<ConnectLocation> lastConfigured = List.of();
    private volatile Optional<Recorded> recorded = Optional.empty();
    private volatile boolean failing;

    /**
     * @param configured accounts and regions that are configured
     * @param steady this process's own time
     */
    public CheckLocations(
            Supplier<Uni<List<ConnectLocation>>> configured, Ledger ledger, InstantSource steady, CheckPeriod period) {
        this.configured = configured;
        this.ledger = ledger;
        this.steady = steady;
        this.refresh = period.every().dividedBy(LOOKS);
    }

    /** Locations of recorded roles at a time. */
    private record Recorded(NavigableSet<ConnectLocation> locations, Instant at) {}

    private static NavigableSet<ConnectLocation> none() {
        return new TreeSet<>(Comparator.comparing(ConnectLocation::account).thenComparing(ConnectLocation::region));
    }

    /** Returns the locations in their order; fails if the ledger does. */
    Uni<List<ConnectLocation>> all() {
        return recorded()
                .flatMap(ofRoles -> configured().map(others -> {
                    NavigableSet<ConnectLocation> all = none();
                    all.addAll(ofRoles);
                    all.addAll(others);
                    return List.copyOf(all);
                }));
    }

    private Uni<List<ConnectLocation>> configured() {
        return Uni.createFrom()
                .deferred(() -> configured.get())
                .invoke(found -> {
                    lastConfigured = found;
                    failing = false;
                })
                .onFailure()
                .invoke(this::failed)
                .onFailure()
                .recoverWithItem(() -> lastConfigured);
    }

    /** Logs the first failure of several in a row. */
    private void failed(Throwable failure) {
        if (!failing) {
            FailureText.on(LOG.atWarn(), failure)
                    .log(
                            "The configured accounts are not known now; those of recorded roles are checked: {}",
                            FailureText.of(failure));
        }
        failing = true;
    }

    private Uni<NavigableSet<ConnectLocation>> recorded() {
        Instant now = steady.instant();
        Optional<Recorded> young =
                recorded.filter(known -> known.at().plus(refresh).isAfter(now));
        return young.map(known -> Uni.createFrom().item(known.locations()))
                .orElseGet(() -> ledger.records(ledger.all())
                        .map(RoleRecord::role)
                        .filter(LinkedRole::live)
                        .map(LinkedRole::instance)
                        .filter(CheckLocations::isOfConnect)
                        .map(ConnectLocation::of)
                        .collect()
                        .in(CheckLocations::none, NavigableSet::add)
                        .invoke(found -> recorded = Optional.of(new Recorded(found, now))));
    }

    /** True if Amazon Connect can be asked about an instance: a catalog may be that of another service. */
    static boolean isOfConnect(InstanceArn instance) {
        return instance.service().equals("connect");
    }
}
