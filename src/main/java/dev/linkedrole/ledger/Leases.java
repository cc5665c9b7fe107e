package dev.linkedrole.ledger;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Which replica does which share of the resync, so that none is done twice. That is an economy and never a matter of rightness:
 * a share that two replicas have at once, since their clocks differ or one of them was slow, is compared twice and no more.
 */
public interface Leases {

    /** What is known of shares; may be behind by a moment. */
    Uni<Map<String, Lease>> all(List<String> shares);

    /**
     * Takes a share that nobody has and that was not done since.
     *
     * @param until when it is free again should this replica die
     * @param notDoneSince only if it was not done after that
     * @return false if somebody was quicker
     */
    Uni<Boolean> take(String share, Instant now, Instant until, Instant notDoneSince);

    /** Keeps a share for longer, if this replica still has it. */
    Uni<Void> keep(String share, Instant until);

    /** Gives a share back that was done, if this replica still has it. */
    Uni<Void> done(String share, Instant begun);

    /** Gives a share back that was not done, if this replica still has it. */
    Uni<Void> leave(String share);
}
