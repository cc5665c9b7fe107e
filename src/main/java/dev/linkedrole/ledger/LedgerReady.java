package dev.linkedrole.ledger;

import dev.linkedrole.config.ControllerConfig;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.role.identity.LedgerOrigin;
import dev.linkedrole.role.model.InstanceId;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Readiness check of the ledger, which is probed periodically. The answer is the last result, and so immediate, however
 * long the ledger takes.
 */
@Readiness
@Singleton
public class LedgerReady implements HealthCheck {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerReady.class);

    private static final String NAME = "ledger";

    /** Id that no instance has: reading its record needs no more permissions than the service needs anyway. */
    private static final InstanceId NOBODY = new InstanceId("00000000-0000-0000-0000-000000000000");

    /** Timeout of a probe: a slower ledger is of no use to messages either. */
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final Ledger ledger;
    private final String table;
    private final LedgerWatch watch;
    private volatile Optional<String> trouble = Optional.of("it was not tried yet");
    private volatile boolean tried;

    @Inject
    LedgerReady(Ledger ledger, ControllerConfig config, LedgerWatch watch) {
        this(ledger, config.table(), watch);
    }

    LedgerReady(Ledger ledger, String table, LedgerWatch watch) {
        this.ledger = ledger;
        this.watch = watch;
        this.table = table;
    }

    void start(@Observes StartupEvent event) {
        look().subscribe().with(done -> {});
    }

    /** Probes the ledger. Never fails. */
    @Scheduled(identity = "ledger-ready", every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return ledger.load(NOBODY)
                .ifNoItem()
                .after(TIMEOUT)
                .failWith(() -> new TimeoutException("no answer within " + TIMEOUT.toSeconds() + " s"))
                .map(found -> Optional.<String>empty())
                .onFailure()
                .recoverWithItem(failure -> Optional.of(why(failure)))
                .invoke(this::found)
                .replaceWithVoid();
    }

    private String why(Throwable failure) {
        return LedgerException.is(failure, LedgerException.Kind.TABLE_MISSING)
                ? "there is no table " + table + " (linked-role.table); deploy/provision makes it"
                : "the table " + table + " cannot be read: " + FailureText.of(failure);
    }

    private void found(Optional<String> now) {
        boolean wasDown = tried && trouble.isPresent();
        if (now.isPresent() && !wasDown) {
            LOG.atWarn().log("The ledger is not ready: {}", now.get());
        } else if (now.isEmpty() && wasDown) {
            LOG.atInfo().addKeyValue("table", table).log("The ledger is ready again");
        }
        trouble = now;
        tried = true;
    }

    @Override
    public HealthCheckResponse call() {
        return trouble.map(why -> HealthCheckResponse.named(NAME)
                        .down()
                        .withData("why", why)
                        .build())
                .orElseGet(this::up);
    }

    /** Ready all the same: recorded grants are in force. */
    private HealthCheckResponse up() {
        return watch.origin() instanceof LedgerOrigin.Restored restored
                ? HealthCheckResponse.named(NAME)
                        .up()
                        .withData("restored", restored.sentence() + "; roles only grow until an operator adopts it")
                        .build()
                : HealthCheckResponse.up(NAME);
    }
}
