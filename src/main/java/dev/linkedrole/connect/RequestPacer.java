package dev.linkedrole.connect;

import dev.linkedrole.connect.ConnectCallException.Kind;
import dev.linkedrole.loop.DrainLoop;
import dev.linkedrole.retry.Retry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Pacer of this process's requests: those to one account and region wait for each other, first come, first served, at
 * the {@link RequestPace} of that location. A pace lasts as long as there is work; the next work begins with an empty
 * bucket, since other replicas may have worked there in between.
 */
public final class RequestPacer {

    private final RequestRate limit;
    private final InstantSource steady;
    private final Retry retry;
    private final Map<ConnectLocation, Lane> lanes = new HashMap<>();
    private final LongAdder made = new LongAdder();

    /**
     * @param limit the rate of each account and region
     * @param steady this process's own time
     */
    public RequestPacer(RequestRate limit, InstantSource steady, Retry retry) {
        this.limit = limit;
        this.steady = steady;
        this.retry = retry;
    }

    /** Runs work that makes its requests through the lane of a location. */
    public <T> Uni<T> during(ConnectLocation location, Function<Lane, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            Lane lane = enter(location);
            return Uni.createFrom()
                    .deferred(() -> work.apply(lane))
                    .onTermination()
                    .invoke((item, failure, cancelled) -> leave(location, lane));
        });
    }

    /** Returns the number of requests so far, at all locations. */
    public long requests() {
        return made.sum();
    }

    /** Returns the present pace at a location; empty if no work is in progress there. */
    public Optional<RequestPace> pace(ConnectLocation location) {
        synchronized (lanes) {
            return Optional.ofNullable(lanes.get(location)).map(Lane::pace);
        }
    }

    private Lane enter(ConnectLocation location) {
        synchronized (lanes) {
            Lane lane = lanes.computeIfAbsent(location, first -> new Lane());
            lane.users++;
            return lane;
        }
    }

    private void leave(ConnectLocation location, Lane lane) {
        synchronized (lanes) {
            if (--lane.users == 0) {
                lanes.remove(location);
            }
        }
    }

    /** The requests of this process to one location. */
    public final class Lane {

        private final Queue<UniEmitter<? super Instant>> waiting = new ArrayDeque<>();
        private final DrainLoop loop = new DrainLoop(this::next);
        private RequestPace pace = RequestPace.beginning(limit, steady.instant());
        private boolean paused;
        private int users;

        private Lane() {}

        /** Makes one request when its turn has come. Its success or failure decides how fast the next ones follow. */
        public <T> Uni<T> request(Supplier<Uni<T>> request) {
            return turn().flatMap(madeAt -> Uni.createFrom()
                    .deferred(() -> request.get())
                    .invoke(this::answered)
                    .onFailure()
                    .invoke(failure -> failed(failure, madeAt)));
        }

        private synchronized RequestPace pace() {
            return pace;
        }

        /** Completes with the present time when the next request may be made. */
        private Uni<Instant> turn() {
            return Uni.createFrom().emitter(emitter -> {
                synchronized (this) {
                    waiting.add(emitter);
                }
                emitter.onTermination(() -> forget(emitter));
                loop.drain();
            });
        }

        private synchronized void forget(UniEmitter<? super Instant> cancelled) {
            waiting.remove(cancelled);
        }

        /** Lets the first request be made if it is time, else pauses until then. */
        private boolean next() {
            Instant now = steady.instant();
            UniEmitter<? super Instant> first;
            synchronized (this) {
                if (paused || waiting.isEmpty()) {
                    return false;
                }
                Duration wait = pace.untilNext(now);
                paused = wait.isPositive();
                if (paused) {
                    // Timers count in whole milliseconds; one that is rounded down comes too early, again and again.
                    retry.pause(wholeMillis(wait)).subscribe().with(passed -> resume());
                    return false;
                }
                pace = pace.taken(now);
                first = waiting.remove();
            }
            made.increment();
            first.complete(now);
            return true;
        }

        private static Duration wholeMillis(Duration wait) {
            Duration millis = wait.truncatedTo(ChronoUnit.MILLIS);
            return millis.equals(wait) ? wait : millis.plusMillis(1);
        }

        private void resume() {
            synchronized (this) {
                paused = false;
            }
            loop.drain();
        }

        private synchronized void answered() {
            pace = pace.answered(steady.instant());
        }

        private synchronized void failed(Throwable failure, Instant madeAt) {
            if (ConnectCallException.is(failure, Kind.THROTTLED)) {
                pace = pace.throttled(madeAt, steady.instant());
            } else if (failure instanceof ConnectCallException connect && connect.kind() != Kind.UNAVAILABLE) {
                answered();
            }
        }
    }
}
