package dev.linkedrole.iam;

import dev.linkedrole.iam.IamCallException.Kind;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Circuit breaker for an account that keeps failing: calls fail at once, except for a trial call from time to time.
 * They fail with the account's last failure, so that every caller sees the same kind: a denied role is a condition, and
 * a throttled call is retried.
 *
 * <p>Failures count if they concern the account as a whole: transient ones, and those to get access to it. Any other
 * failure is an answer.
 */
public final class AccountCircuitBreaker {

    /**
     * Consecutive failures that open the breaker. Each is the failure of an operation whose calls had all their
     * attempts. Operations on one role run one at a time, so on a busy account a conflict over one role stands between
     * answers for other roles. An account that does not answer takes at most five operations of the bulkhead before the
     * breaker opens.
     */
    static final int THRESHOLD = 5;

    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration MAX_PAUSE = Duration.ofMinutes(1);

    /**
     * Duration after which a failure is no longer temporary: the roles get a condition, and their messages are no
     * longer redelivered. By then redelivery would take as long as the next resync.
     */
    static final Duration LONG = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(AccountCircuitBreaker.class);

    private final String account;
    private final Duration slow;
    private final InstantSource clock;
    private final DoubleSupplier chance;

    private int inside;
    private Instant sign = Instant.MIN;

    private int failures;
    private boolean trying;
    private Duration pause = FIRST_PAUSE;
    private Instant since = Instant.MIN;
    private Instant next = Instant.MIN;
    private @Nullable IamCallException last;

    /**
     * @param slow time without an answer after which an account counts as stalled
     * @param chance from 0 to 1
     */
    public AccountCircuitBreaker(String account, Duration slow, InstantSource clock, DoubleSupplier chance) {
        this.account = account;
        this.slow = slow;
        this.clock = clock;
        this.chance = chance;
    }

    /** Runs an operation in the account, or fails at once. */
    public <T> Uni<T> through(Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            boolean trial = enter();
            return Uni.createFrom()
                    .deferred(() -> work.get())
                    .onTermination()
                    .invoke((item, failure, cancelled) -> leave(trial, failure, cancelled));
        });
    }

    /** True if a call is in progress and no answer has come for a while. */
    public synchronized boolean stalled() {
        return inside > 0 && clock.instant().isAfter(sign.plus(slow));
    }

    /** @return true if this call is the trial call */
    private synchronized boolean enter() {
        Instant now = clock.instant();
        boolean open = failures >= THRESHOLD;
        if (open && last != null && (trying || now.isBefore(next))) {
            throw openFailure(last, now);
        }
        trying = open;
        if (inside++ == 0) {
            sign = now;
        }
        return open;
    }

    private IamCallException openFailure(IamCallException failure, Instant now) {
        Kind kind = now.isAfter(since.plus(LONG)) ? Kind.UNREACHABLE : failure.kind();
        return new IamCallException(
                kind,
                "the account " + account + " is left alone for a while, since it has failed since " + since
                        + ", last so: " + failure.getMessage(),
                failure);
    }

    private synchronized void leave(boolean trial, @Nullable Throwable failure, boolean cancelled) {
        inside--;
        if (trial) {
            trying = false;
        }
        if (failure instanceof IamCallException iam && concernsAccount(iam)) {
            failed(trial, iam);
        } else if (!cancelled && (failure == null || failure instanceof IamCallException)) {
            if (failures >= THRESHOLD) {
                LOG.atInfo().addKeyValue("account", account).log("An account that kept failing answers again");
            }
            sign = clock.instant();
            failures = 0;
            pause = FIRST_PAUSE;
            last = null;
        }
    }

    private static boolean concernsAccount(IamCallException failure) {
        return failure.kind() == Kind.TRANSIENT || failure.kind() == Kind.UNREACHABLE;
    }

    private void failed(boolean trial, IamCallException failure) {
        Instant now = clock.instant();
        if (failures++ == 0) {
            since = now;
        }
        last = failure;
        if (trial) {
            pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) < 0 ? pause.multipliedBy(2) : MAX_PAUSE;
        }
        if (failures == THRESHOLD) {
            LOG.atWarn()
                    .addKeyValue("account", account)
                    .log(
                            "An account keeps failing and is left alone but for a try now and then: {}",
                            failure.getMessage());
        }
        if (trial || failures == THRESHOLD) {
            // From half of the pause to all of it, so that several replicas do not try together.
            next = now.plusMillis((long) (pause.toMillis() * (1 + chance.getAsDouble()) / 2));
        }
    }
}
