package dev.linkedrole.connect;

import io.smallrye.mutiny.Uni;
import java.util.function.Function;

/** The accounts and regions of Amazon Connect. A failure in one does not affect the others. */
public interface ConnectLocations {

    /**
     * Runs work on the instances of one account and region, with the credentials that are valid there. Its requests,
     * with those of all other work there in this process, keep to the {@link RequestRate}; the work begins without a
     * burst, since another replica may have worked there just now.
     *
     * @return fails with a {@link ConnectCallException} if a call does
     */
    <T> Uni<T> in(ConnectLocation location, Function<ConnectGateway, Uni<T>> work);
}
