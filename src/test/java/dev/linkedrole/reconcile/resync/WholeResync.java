package dev.linkedrole.reconcile.resync;

import dev.linkedrole.ledger.RecentWindow;
import dev.linkedrole.ledger.Shard;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.function.BiConsumer;

/** Runs a round of the resync over all roles, without delays. */
public final class WholeResync {

    private WholeResync() {}

    public static Uni<Map<ResyncResult, Long>> of(Resync resync, BiConsumer<InstanceId, Throwable> failed) {
        return resync.round(Shard.ALL, Resync.Pace.NONE, failed);
    }

    /** Looks at the pending roles, as often in a period, except those recorded within the window. */
    public static Uni<Map<ResyncResult, Long>> pending(
            Resync resync, RecentWindow recent, BiConsumer<InstanceId, Throwable> failed) {
        return resync.pending(recent, failed);
    }
}
