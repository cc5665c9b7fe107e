package dev.linkedrole.connect.check;

import dev.linkedrole.connect.walk.WalkSchedule;
import dev.linkedrole.retry.ElapsedTime;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import org.slf4j.LoggerFactory;

/** Runs the {@link ConnectCheck} periodically, if there is one. */
@Singleton
public class CheckSchedule {

    private final ConnectCheck check;
    private final WalkSchedule schedule;

    public CheckSchedule(ConnectCheck check, @ElapsedTime InstantSource clock) {
        this.check = check;
        this.schedule = new WalkSchedule(
                clock,
                check.look(),
                LoggerFactory.getLogger(CheckSchedule.class),
                "The check could not begin; it is tried again");
    }

    /** Looks every second whether there are turns to begin: their period follows from the configuration. */
    @Scheduled(identity = "check", every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public Uni<Void> second() {
        return check.on() ? schedule.workIfDue(check::work) : Uni.createFrom().voidItem();
    }

    /** Stops before the intake does, and before the clients close. */
    void stop(@Observes @Priority(0) ShutdownEvent event) throws InterruptedException, ExecutionException {
        schedule.awaitStop(check.stop());
    }
}
