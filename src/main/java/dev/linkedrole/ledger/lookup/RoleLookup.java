package dev.linkedrole.ledger.lookup;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.ledger.listing.RoleFilter;
import dev.linkedrole.ledger.listing.RoleListing;
import dev.linkedrole.ledger.listing.RolePage;
import dev.linkedrole.ledger.listing.RoleSummary;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Look-up of roles. The ledger has no index of aliases, features or resources, so it reads the records of the list page
 * by page, up to a bound; the next page of the answer goes on from there.
 */
public final class RoleLookup {

    /** Maximum number of roles that are read for one page of an answer. */
    public static final int MAX_READ = 1_000;

    /** Number of roles that are read at once, which is one request to the ledger. */
    static final int CHUNK = 100;

    private final RoleListing listing;
    private final Ledger ledger;

    public RoleLookup(RoleListing listing, Ledger ledger) {
        this.listing = listing;
        this.ledger = ledger;
    }

    /**
     * Returns a page of the roles that match, in the order of their instances' ids. May be some seconds old, unless the
     * query names the role.
     *
     * @param after the instance after which the page begins; empty for the first page
     * @param limit maximum number of roles of the page, at least 1
     */
    public Uni<RolePage> page(RoleQuery query, RoleFilter filter, Optional<InstanceId> after, int limit) {
        if (query.equals(RoleQuery.ALL)) {
            return listing.page(filter, after, limit);
        }
        return query.instance()
                .map(instance -> single(query, filter, instance, after))
                .orElseGet(() -> new Search(query, filter, limit).from(after, MAX_READ / CHUNK));
    }

    private Uni<RolePage> single(RoleQuery query, RoleFilter filter, InstanceId instance, Optional<InstanceId> after) {
        if (after.filter(first -> first.compareTo(instance) >= 0).isPresent()) {
            return Uni.createFrom().item(new RolePage(List.of(), Optional.empty()));
        }
        return ledger.load(instance)
                .map(found -> new RolePage(
                        found
                                .filter(record -> query.has(record) && filter.has(summary(record)))
                                .map(RoleLookup::summary)
                                .stream()
                                .toList(),
                        Optional.empty()));
    }

    static RoleSummary summary(RoleRecord record) {
        return new RoleSummary(
                record.role().instance().id(),
                record.role().lifecycle().word(),
                record.roleName(),
                record.revision(),
                record.appliedRevision(),
                record.conditions());
    }

    /** Search for the roles of one page. */
    private final class Search {

        private final RoleQuery query;
        private final RoleFilter filter;
        private final int limit;
        private final List<RoleSummary> found = new ArrayList<>();

        Search(RoleQuery query, RoleFilter filter, int limit) {
            this.query = query;
            this.filter = filter;
            this.limit = limit;
        }

        /** @param chunks maximum number of chunks to read, at least 1 */
        Uni<RolePage> from(Optional<InstanceId> after, int chunks) {
            return listing.page(listed(), after, CHUNK)
                    .flatMap(page -> matching(page.roles()).flatMap(matching -> goOn(page, matching, chunks)));
        }

        /** A role with a condition is failing, which the list can tell by itself. */
        private RoleFilter listed() {
            return filter == RoleFilter.ALL && query.condition().isPresent() ? RoleFilter.FAILING : filter;
        }

        private Uni<RolePage> goOn(RolePage page, List<RoleSummary> matching, int chunks) {
            int room = limit - found.size();
            if (matching.size() > room) {
                found.addAll(matching.subList(0, room));
                return page(Optional.of(found.getLast().instance()));
            }
            found.addAll(matching);
            return page.next().isEmpty() || found.size() == limit || chunks == 1
                    ? page(page.next())
                    : from(page.next(), chunks - 1);
        }

        private Uni<RolePage> page(Optional<InstanceId> next) {
            return Uni.createFrom().item(new RolePage(found, next));
        }

        private Uni<List<RoleSummary>> matching(List<RoleSummary> roles) {
            List<RoleSummary> candidates = roles.stream()
                    .filter(role -> query.hasCondition(role.conditions()))
                    .toList();
            if (candidates.isEmpty() || !query.needsRecords()) {
                return Uni.createFrom().item(candidates);
            }
            return ledger.records(Multi.createFrom().iterable(candidates).map(RoleSummary::instance))
                    .filter(query::has)
                    .map(record -> record.role().instance().id())
                    .collect()
                    .asSet()
                    .map(ids -> candidates.stream()
                            .filter(role -> ids.contains(role.instance()))
                            .toList());
        }
    }
}
