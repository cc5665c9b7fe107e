package dev.linkedrole.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.connectmodel.RequestBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** The pace of requests: never above the rate, slower once throttled, and as fast as before in the end. */
class RequestPaceTest {

    private static final RequestRate QUOTA = new RequestRate(2, 5);
    private static final Instant START = Instant.parse("2026-11-30T09:00:00Z");

    /** Work that makes its requests as early as its pace allows. */
    private static final class Worker {

        private RequestPace pace;

        Worker(RequestRate rate, Instant now) {
            this.pace = RequestPace.beginning(rate, now);
        }

        /** Makes a request, if it is time. */
        boolean works(Instant now) {
            boolean due = pace.untilNext(now).isZero();
            if (due) {
                pace = pace.taken(now);
            }
            return due;
        }
    }

    @Property(tries = 300)
    void no_schedule_exceeds_the_burst_and_the_rate(
            @ForAll @DoubleRange(min = 0.1, max = 50) double perSecond,
            @ForAll @IntRange(min = 1, max = 10) int burst,
            @ForAll @Size(max = 100) List<@LongRange(max = 3_000_000_000L) Long> gaps,
            @ForAll @Size(100) List<@IntRange(max = 9) Integer> events) {
        // Given
        RequestRate rate = new RequestRate(perSecond, burst);
        Worker worker = new Worker(rate, START);
        Instant now = START;
        List<Instant> made = new ArrayList<>();

        // When requests are made as early as possible, and some are throttled
        for (int i = 0; i < gaps.size(); i++) {
            now = now.plusNanos(gaps.get(i));
            while (worker.works(now)) {
                made.add(now);
            }
            worker.pace = events.get(i) == 0 ? worker.pace.throttled(now, now) : worker.pace.answered(now);
        }

        // Then
        assertWithin(rate, made);
    }

    @Property(tries = 300)
    void two_that_take_over_from_each_other_never_exceed_it_together(
            @ForAll @Size(max = 60) List<@LongRange(max = 4_000_000_000L) Long> gaps,
            @ForAll @Size(60) List<@IntRange(max = 3) Integer> events) {
        // Given
        Worker worker = new Worker(QUOTA, START);
        Instant now = START;
        List<Instant> made = new ArrayList<>();

        // When another process takes over at any moment, also right after a burst
        for (int i = 0; i < gaps.size(); i++) {
            now = now.plusNanos(gaps.get(i));
            while (worker.works(now)) {
                made.add(now);
            }
            if (events.get(i) == 0) {
                worker = new Worker(QUOTA, now);
            }
        }

        // Then a service that takes just this rate takes all
        assertWithin(QUOTA, made);
    }

    @Property(tries = 20)
    void several_that_know_nothing_of_each_other_come_to_share_the_rate(
            @ForAll @IntRange(min = 2, max = 3) int many, @ForAll @IntRange(max = 400) int offset) {
        // Given processes that all believe they are alone
        RequestBucket service = new RequestBucket(2, 5, START);
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            workers.add(new Worker(RequestRate.DEFAULT, START.plusMillis((long) i * offset)));
        }
        int[] answered = new int[many];
        int throttled = 0;

        // When each works for twenty minutes, and those that come first differ
        int ticks = 20 * 60 * 20;
        for (int tick = 0; tick < ticks; tick++) {
            Instant now = START.plusMillis(tick * 50L);
            for (int each = 0; each < many; each++) {
                int i = (each + tick) % many;
                Worker worker = workers.get(i);
                if (worker.works(now)) {
                    boolean taken = service.take(now);
                    worker.pace = taken ? worker.pace.answered(now) : worker.pace.throttled(now, now);
                    answered[i] += taken ? 1 : 0;
                    throttled += taken ? 0 : 1;
                }
            }
        }

        // Then most of the rate is used, little of it in vain, and no process starves
        int all = 0;
        for (int one : answered) {
            all += one;
        }
        assertThat(all).isGreaterThan((int) (0.75 * 2 * 20 * 60));
        assertThat(throttled).isLessThan(all / 8);
        for (int one : answered) {
            assertThat(one).isGreaterThan(all / many / 3);
        }
    }

    @Example
    void a_pace_begins_without_a_burst() {
        RequestPace pace = RequestPace.beginning(QUOTA, START);

        assertThat(pace.untilNext(START)).isEqualTo(Duration.ofMillis(500));
        assertThat(pace.untilNext(START.plusMillis(500))).isZero();
        assertThatThrownBy(() -> pace.taken(START)).hasMessageContaining("PT0.5S");
    }

    @Example
    void each_throttling_halves_the_rate_down_to_a_sixteenth() {
        RequestPace pace = RequestPace.beginning(QUOTA, START);
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            pace = pace.throttled(START.plusSeconds(i), START.plusSeconds(i));
            rates.add(pace.perSecond());
        }

        assertThat(rates).containsExactly(1.0, 0.5, 0.25, 0.125, 0.125, 0.125);
        assertThat(pace.untilNext(START.plusSeconds(5))).isEqualTo(Duration.ofSeconds(8));
    }

    @Example
    void requests_that_were_made_before_a_slowing_slow_nothing_down_again() {
        Instant later = START.plusSeconds(3);
        RequestPace pace = RequestPace.beginning(QUOTA, START)
                .throttled(START, later)
                .throttled(START.plusSeconds(1), later)
                .throttled(START.plusSeconds(2), later);

        assertThat(pace.perSecond()).isEqualTo(1);
    }

    @Property(tries = 100)
    void answers_bring_back_the_whole_rate_and_no_more(
            @ForAll @IntRange(min = 1, max = 10) int throttlings, @ForAll @IntRange(min = 38, max = 200) int answers) {
        RequestPace pace = RequestPace.beginning(QUOTA, START);
        for (int i = 0; i < throttlings; i++) {
            pace = pace.throttled(START.plusSeconds(i), START.plusSeconds(i));
        }
        double before = pace.perSecond();
        pace = pace.answered(START.plusSeconds(20));
        assertThat(pace.perSecond()).isGreaterThan(before);
        for (int i = 1; i < answers; i++) {
            pace = pace.answered(START.plusSeconds(20));
        }

        assertThat(pace.perSecond()).isEqualTo(2);
    }

    @Property(tries = 100)
    void a_clock_that_stands_still_or_goes_back_adds_nothing(@ForAll @LongRange(max = 10_000) long millis) {
        RequestPace pace = RequestPace.beginning(QUOTA, START);

        assertThat(pace.answered(START.minusMillis(millis)).tokens()).isZero();
        assertThat(pace.untilNext(START.minusMillis(millis))).isPositive();
    }

    @Example
    void a_rate_tells_how_long_requests_take() {
        assertThat(QUOTA.time(20_000)).isEqualTo(Duration.ofSeconds(10_000));
        assertThat(new RequestRate(3, 1).time(1)).isEqualTo(Duration.ofMillis(334));
        assertThat(QUOTA.time(0)).isZero();
        assertThatThrownBy(() -> new RequestRate(0, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RequestRate(Double.NaN, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RequestRate(2, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Checks every span of time between two requests: a bucket of this size has a token for each. */
    private static void assertWithin(RequestRate rate, List<Instant> made) {
        RequestBucket service = new RequestBucket(rate.perSecond(), rate.burst(), START);
        assertThat(made.stream().filter(at -> !service.take(at))).isEmpty();
    }
}
