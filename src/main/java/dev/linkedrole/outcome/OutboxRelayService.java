package dev.linkedrole.outcome;

import dev.linkedrole.config.ControllerConfig;
import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.OutboxBacklog;
import dev.linkedrole.ledger.OutboxNotifier;
import dev.linkedrole.retry.FailureText;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the relay that publishes outcomes, from the start of the service to its shutdown. Without a configured target it
 * does nothing.
 */
@Singleton
public class OutboxRelayService {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelayService.class);

    /**
     * Maximum time to finish publishing at shutdown. The remaining outcomes are published by another replica or after
     * the next start.
     */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final OutboxNotifier notifier;
    private final RelayHealth progress;
    private final Optional<OutcomePublisher> publisher;
    private final Optional<Relay> relay;
    private final Optional<TargetProbe> presence;

    OutboxRelayService(
            Outbox outbox,
            OutboxNotifier notifier,
            MeterRegistry registry,
            InstantSource clock,
            ControllerConfig config) {
        this.notifier = notifier;
        this.progress = new RelayHealth(registry, clock);
        this.publisher = target(config).map(TargetClients::open);
        this.presence = publisher.map(
                target -> new TargetProbe(target, config.outcomes().target().orElseThrow()));
        this.relay = publisher.map(target -> new Relay(
                outbox,
                new PublishBatches(target),
                new CloudEventWriter(config.outcomes().source()),
                progress,
                clock));
    }

    private static Optional<Target> target(ControllerConfig config) {
        Optional<Target> target = config.outcomes().target().map(Target::parse);
        Set<String> own = Set.of(
                config.queues().instanceCreated(),
                config.queues().featureEnabled(),
                config.queues().instanceDeleted());
        if (target.orElse(null) instanceof Target.Queue queue && own.contains(queue.name())) {
            throw new IllegalArgumentException(
                    "linked-role.outcomes.target must not be one of the queues that events come on," + " which "
                            + queue.name() + " is");
        }
        return target;
    }

    void start(@Observes StartupEvent event) {
        relay.ifPresent(present -> notifier.setListener(present::wake));
        presence.ifPresent(present -> present.look().subscribe().with(looked -> {}));
    }

    @Scheduled(
            identity = "outcomes",
            every = "${linked-role.outcomes.retry-every:30s}",
            delayed = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return presence.map(TargetProbe::look)
                .orElseGet(() -> Uni.createFrom().voidItem())
                .chain(() ->
                        relay.map(Relay::sweep).orElseGet(() -> Uni.createFrom().item(0L)))
                .invoke(published -> {
                    if (published > 0) {
                        LOG.atInfo().addKeyValue("outcomes", published).log("Overdue outcomes were published");
                    }
                })
                .onFailure()
                .invoke(failure -> FailureText.on(LOG.atWarn(), failure)
                        .log(
                                "Waiting outcomes could not be listed; the listing is tried again: {}",
                                FailureText.of(failure)))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** Stops the relay: after the messages in flight are finished, and before the clients close. */
    void stop(@Observes @Priority(2) ShutdownEvent event) throws InterruptedException {
        if (relay.isPresent() && !relay.get().stop(STOP_TIMEOUT)) {
            LOG.warn("Outcomes are still in flight; another replica publishes them again");
        }
        publisher.ifPresent(OutcomePublisher::close);
    }

    /** True if a target is configured and it does not exist. */
    boolean targetIsMissing() {
        return presence.filter(TargetProbe::isMissing).isPresent();
    }

    boolean active() {
        return relay.isPresent();
    }

    OutboxBacklog backlog() {
        return progress.backlog();
    }

    Optional<String> lastFailure() {
        return progress.lastFailure();
    }
}
