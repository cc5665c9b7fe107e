package dev.linkedrole.ledger;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/**
 * Runs the {@link LedgerWatch} periodically: the table may be replaced, and another replica may get the confirmation.
 */
@Singleton
public class LedgerWatchSchedule {

    private final LedgerWatch watch;

    LedgerWatchSchedule(LedgerWatch watch) {
        this.watch = watch;
    }

    @Scheduled(
            identity = "ledger-watch",
            every = "10s",
            delayed = "10s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return watch.check().replaceWithVoid();
    }
}
