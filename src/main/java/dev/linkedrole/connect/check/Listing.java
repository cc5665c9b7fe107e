package dev.linkedrole.connect.check;

import dev.linkedrole.connect.ConnectCallException;
import dev.linkedrole.connect.ConnectCallException.Kind;
import dev.linkedrole.connect.ConnectGateway;
import dev.linkedrole.connect.InstancePage;
import dev.linkedrole.loop.Trampoline;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * List of all instances of a location, from the first page to the last, read at one go.
 *
 * @param legible true if each entry could be read: only then an instance that is not listed may be absent
 */
record Listing(Set<InstanceId> ids, boolean legible) {

    /** Reads the list; fails if a page cannot be read. */
    static Uni<Listing> of(ConnectGateway gateway) {
        return Uni.createFrom()
                .deferred(() -> Trampoline.run(new Pages(), Pages::atEnd, pages -> pages.next(gateway)))
                .map(Pages::listing);
    }

    /** Pages read so far. */
    private static final class Pages {

        private final Set<InstanceId> ids = new HashSet<>();
        private boolean legible = true;
        private boolean end;
        private Optional<String> marker = Optional.empty();

        boolean atEnd() {
            return end;
        }

        Uni<Pages> next(ConnectGateway gateway) {
            return gateway.instances(marker).map(this::with);
        }

        private Pages with(InstancePage page) {
            if (page.next().isPresent() && page.next().equals(marker)) {
                throw new ConnectCallException(Kind.MALFORMED, "the pages of the instances do not end");
            }
            page.instances().forEach(instance -> ids.add(instance.arn().id()));
            legible &= page.unread().isEmpty();
            marker = page.next();
            end = marker.isEmpty();
            return this;
        }

        Listing listing() {
            return new Listing(ids, legible);
        }
    }
}
