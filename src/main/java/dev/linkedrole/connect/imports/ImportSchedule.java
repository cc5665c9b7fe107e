package dev.linkedrole.connect.imports;

import dev.linkedrole.connect.walk.WalkSchedule;
import dev.linkedrole.retry.ElapsedTime;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import org.slf4j.LoggerFactory;

/** Looks every ten seconds whether there is an import to go on with: one read of one item as long as there is none. */
@Singleton
public class ImportSchedule {

    static final Duration EVERY = Duration.ofSeconds(10);

    private final ImportRunner runner;
    private final WalkSchedule schedule;

    public ImportSchedule(ImportRunner runner, @ElapsedTime InstantSource clock) {
        this.runner = runner;
        this.schedule = new WalkSchedule(
                clock,
                EVERY,
                LoggerFactory.getLogger(ImportSchedule.class),
                "The imports could not be read; they are looked for again");
    }

    /** Looks within a second, since an import was just requested. */
    public void soon() {
        schedule.soon();
    }

    @Scheduled(identity = "imports", every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public Uni<Void> second() {
        return schedule.workIfDue(runner::work);
    }

    /** Stops before the intake does, and before the clients close. */
    void stop(@Observes @Priority(0) ShutdownEvent event) throws InterruptedException, ExecutionException {
        schedule.awaitStop(runner.stop());
    }
}
