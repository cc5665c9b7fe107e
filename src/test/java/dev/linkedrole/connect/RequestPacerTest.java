package dev.linkedrole.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.connect.ConnectCallException.Kind;
import dev.linkedrole.connect.RequestPacer.Lane;
import dev.linkedrole.testing.time.ManualTime;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The turns of requests to one account and region. */
class RequestPacerTest {

    private static final ConnectLocation HERE = new ConnectLocation("111122223333", "us-west-2");
    private static final ConnectLocation THERE = new ConnectLocation("111122223333", "eu-central-1");

    private final ManualTime time = new ManualTime();
    private final Instant start = time.instant();
    private final RequestPacer pacer = new RequestPacer(new RequestRate(2, 5), time, time.retry(0.5));
    private final Map<String, Long> made = new TreeMap<>();

    @Test
    void requests_are_made_in_their_order_at_the_rate() {
        open(HERE, lane -> List.of("a", "b", "c").forEach(name -> ask(lane, name)));

        time.pass(Duration.ofSeconds(3));

        assertThat(made).isEqualTo(Map.of("a", 500L, "b", 1_000L, "c", 1_500L));
    }

    @Test
    void a_pause_lets_the_next_requests_be_made_together() {
        List<Lane> lanes = new ArrayList<>();
        open(HERE, lanes::add);
        time.pass(Duration.ofSeconds(10));

        List.of("a", "b", "c", "d", "e", "f").forEach(name -> ask(lanes.getFirst(), name));
        time.pass(Duration.ofSeconds(1));

        assertThat(made)
                .isEqualTo(Map.of("a", 10_000L, "b", 10_000L, "c", 10_000L, "d", 10_000L, "e", 10_000L, "f", 10_500L));
    }

    @Test
    void work_at_one_place_shares_one_pace_and_other_places_do_not_wait() {
        open(HERE, lane -> ask(lane, "a"));
        open(HERE, lane -> ask(lane, "b"));
        open(THERE, lane -> ask(lane, "there"));

        time.pass(Duration.ofSeconds(3));

        assertThat(made).isEqualTo(Map.of("a", 500L, "b", 1_000L, "there", 500L));
    }

    @Test
    void a_cancelled_request_leaves_its_turn_to_the_next() {
        List<Cancellable> asked = new ArrayList<>();
        open(HERE, lane -> List.of("a", "b", "c").forEach(name -> asked.add(ask(lane, name))));

        asked.get(1).cancel();
        time.pass(Duration.ofSeconds(3));

        assertThat(made).isEqualTo(Map.of("a", 500L, "c", 1_000L));
    }

    @Test
    void work_that_follows_other_work_begins_without_a_burst() {
        // Given work that has ended, after a long time without requests
        Cancellable first = open(HERE, lane -> {});
        time.pass(Duration.ofSeconds(10));
        first.cancel();
        assertThat(pacer.pace(HERE)).isEmpty();

        // When
        open(HERE, lane -> List.of("a", "b").forEach(name -> ask(lane, name)));
        time.pass(Duration.ofSeconds(3));

        // Then
        assertThat(made).isEqualTo(Map.of("a", 10_500L, "b", 11_000L));
    }

    @Test
    void a_throttled_request_slows_those_that_wait() {
        open(HERE, lane -> {
            ask(lane, "a", () -> failed(Kind.THROTTLED));
            ask(lane, "b");
            ask(lane, "c");
        });

        time.pass(Duration.ofSeconds(5));

        assertThat(made.get("b")).isEqualTo(1_500);
        assertThat(made.get("c")).isBetween(2_400L, 2_500L);
    }

    @Test
    void only_an_answer_speeds_requests_up_again() {
        List<Lane> lanes = new ArrayList<>();
        open(HERE, lanes::add);
        ask(lanes.getFirst(), "a", () -> failed(Kind.THROTTLED));
        time.pass(Duration.ofSeconds(5));
        assertThat(rate()).isEqualTo(1);

        ask(lanes.getFirst(), "b", () -> failed(Kind.UNAVAILABLE));
        time.pass(Duration.ofSeconds(5));
        assertThat(rate()).isEqualTo(1);

        ask(lanes.getFirst(), "c", () -> failed(Kind.DENIED));
        time.pass(Duration.ofSeconds(5));
        assertThat(rate()).isEqualTo(1.05);
    }

    private double rate() {
        return pacer.pace(HERE).orElseThrow().perSecond();
    }

    /** Opens a lane that stays open until it is cancelled. */
    private Cancellable open(ConnectLocation location, Consumer<Lane> work) {
        return pacer.<Void>during(location, lane -> {
                    work.accept(lane);
                    return Uni.createFrom().nothing();
                })
                .subscribe()
                .with(never -> {});
    }

    private Cancellable ask(Lane lane, String name) {
        return ask(lane, name, () -> Uni.createFrom().voidItem());
    }

    private Cancellable ask(Lane lane, String name, Supplier<Uni<Void>> request) {
        return lane.request(() -> {
                    made.put(name, Duration.between(start, time.instant()).toMillis());
                    return request.get();
                })
                .subscribe()
                .with(done -> {}, failure -> {});
    }

    private static Uni<Void> failed(Kind kind) {
        return Uni.createFrom().failure(new ConnectCallException(kind, "as a test wants it"));
    }
}
