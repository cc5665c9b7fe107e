package dev.linkedrole.connect.imports;

import dev.linkedrole.connect.ConnectCallException;
import dev.linkedrole.connect.ConnectCallException.Kind;
import dev.linkedrole.connect.ConnectGateway;
import dev.linkedrole.connect.ConnectInstance;
import dev.linkedrole.connect.ConnectLocation;
import dev.linkedrole.connect.ConnectLocations;
import dev.linkedrole.connect.imports.DriftReport.Unfinished;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.loop.Trampoline;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reports which instances have no role, and which roles no instance. It lists instances, and reads no setting. */
public final class DriftReporter {

    /** Time limit for listing the instances of a location: some 600 of them at the rate that is allowed. */
    public static final Duration LISTING_TIMEOUT = Duration.ofSeconds(30);

    private static final int MAX_AT_ONCE = ImportRunner.MAX_AT_ONCE;

    private final ConnectLocations locations;
    private final Ledger ledger;
    private final Retry retry;

    public DriftReporter(ConnectLocations locations, Ledger ledger, Retry retry) {
        this.locations = locations;
        this.ledger = ledger;
        this.retry = retry;
    }

    /** Compares the instances of these locations with the ledger. */
    public Uni<DriftReport> report(List<ConnectLocation> where) {
        return Multi.createFrom()
                .iterable(where)
                .onItem()
                .transformToUni(this::listing)
                .merge(MAX_AT_ONCE)
                .collect()
                .in(Listings::new, Listings::add)
                .flatMap(this::compared);
    }

    /**
     * The instances of a location.
     *
     * @param failure the reason for which they were not listed; empty if they were
     */
    private record Listing(ConnectLocation location, List<ConnectInstance> instances, Optional<String> failure) {}

    private Uni<Listing> listing(ConnectLocation location) {
        return retry.within(LISTING_TIMEOUT, locations.in(location, DriftReporter::all))
                .map(instances -> new Listing(location, instances, Optional.empty()))
                .onFailure()
                .recoverWithItem(failure -> new Listing(location, List.of(), Optional.of(FailureText.of(failure))));
    }

    private static Uni<List<ConnectInstance>> all(ConnectGateway gateway) {
        return Uni.createFrom().deferred(() -> {
            List<ConnectInstance> all = new ArrayList<>();
            return Trampoline.run(Listed.NONE, Listed::last, page -> next(gateway, page, all))
                    .replaceWith(all);
        });
    }

    /** The marker of the next page. */
    private record Listed(Optional<String> next, boolean last) {
        static final Listed NONE = new Listed(Optional.empty(), false);
    }

    private static Uni<Listed> next(ConnectGateway gateway, Listed before, List<ConnectInstance> all) {
        return gateway.instances(before.next()).map(page -> {
            if (page.next().isPresent() && page.next().equals(before.next())) {
                throw new ConnectCallException(Kind.MALFORMED, "the pages of the instances do not end");
            }
            all.addAll(page.instances());
            return new Listed(page.next(), page.next().isEmpty());
        });
    }

    /** The listed instances of all locations. */
    private static final class Listings {

        private final Map<InstanceArn, ConnectInstance.Status> listed = new HashMap<>();
        private final Set<InstanceId> ids = new HashSet<>();
        private final Set<ConnectLocation> whole = new HashSet<>();
        private final List<Unfinished> unfinished = new ArrayList<>();

        void add(Listing listing) {
            ConnectLocation location = listing.location();
            listing.failure()
                    .ifPresentOrElse(
                            why -> unfinished.add(new Unfinished(location.account(), location.region(), why)),
                            () -> whole.add(location));
            listing.instances().forEach(instance -> {
                listed.put(instance.arn(), instance.status());
                ids.add(instance.arn().id());
            });
        }

        boolean lacks(InstanceArn recorded) {
            return whole.contains(ConnectLocation.of(recorded)) && !listed.containsKey(recorded);
        }
    }

    private Uni<DriftReport> compared(Listings listings) {
        Set<InstanceArn> without = new HashSet<>();
        listings.listed.forEach((arn, status) -> {
            if (status == ConnectInstance.Status.ACTIVE) {
                without.add(arn);
            }
        });
        Named roles = new Named();
        Uni<Void> known = live(Multi.createFrom().iterable(listings.ids))
                .invoke(without::remove)
                .collect()
                .last()
                .replaceWithVoid();
        Uni<Void> others = live(listings.whole.isEmpty() ? Multi.createFrom().empty() : ledger.all())
                .filter(listings::lacks)
                .invoke(roles::add)
                .collect()
                .last()
                .replaceWithVoid();
        return known.chain(() -> others).replaceWith(() -> {
            Named instances = new Named();
            without.forEach(instances::add);
            return new DriftReport(
                    instances.sorted(), instances.more, roles.sorted(), roles.more, List.copyOf(listings.unfinished));
        });
    }

    private Multi<InstanceArn> live(Multi<InstanceId> instances) {
        return ledger.records(instances)
                .map(RoleRecord::role)
                .filter(role -> role.live())
                .map(role -> role.instance());
    }

    /** Instances that are named, up to a maximum. */
    private static final class Named {

        private final List<InstanceArn> first = new ArrayList<>();
        private long more;

        void add(InstanceArn instance) {
            if (first.size() < DriftReport.MAX_NAMED) {
                first.add(instance);
            } else {
                more++;
            }
        }

        List<InstanceArn> sorted() {
            return first.stream()
                    .sorted((one, other) -> one.toString().compareTo(other.toString()))
                    .toList();
        }
    }
}
