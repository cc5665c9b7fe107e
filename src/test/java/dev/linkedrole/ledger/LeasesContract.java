package dev.linkedrole.ledger;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of leases, for DynamoDB and for the model. */
@SuppressWarnings("this-escape") // leases() of a subclass uses no state of its own
public abstract class LeasesContract {

    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00.5Z");
    private static final Instant END = NOW.plus(Duration.ofMinutes(3));
    private static final Instant LATER = END.plus(Duration.ofMinutes(3));
    private static final Duration TOOK = Duration.ofMillis(1_500);

    private final String shard = "share-" + UUID.randomUUID();
    private final Leases one = leases("one");
    private final Leases other = leases("other");

    /** Returns a replica's leases; all replicas of the test use the same store. */
    public abstract Leases leases(String holder);

    @Test
    void nothing_is_known_of_a_share_that_nobody_ever_had() {
        assertThat(lease()).isEqualTo(Lease.UNKNOWN);
    }

    @Test
    void who_takes_shares_has_the_name_it_was_given() {
        assertThat(one.holder()).isEqualTo("one");
    }

    @Test
    void a_share_is_taken_by_whoever_has_seen_it_as_it_is() {
        // Given
        Lease before = lease();

        // When
        assertThat(take(one, before)).isTrue();

        // Then
        assertThat(lease())
                .isEqualTo(new Lease(1, Optional.of("one"), Optional.of(END), Optional.empty(), Duration.ZERO));
        assertThat(take(other, before)).isFalse();
        assertThat(lease().isHeldBy("one")).isTrue();
        assertThat(take(other, lease())).isTrue();
        assertThat(lease().isHeldBy("other")).isTrue();
    }

    @Test
    void whoever_has_it_may_take_it_again_whatever_was_seen_of_it() {
        // Given
        take(one, Lease.UNKNOWN);

        // Then
        assertThat(take(one, Lease.UNKNOWN)).isTrue();
        assertThat(lease().version()).isEqualTo(2);
    }

    @Test
    void it_changes_each_time_that_it_is_kept_even_if_no_time_passes() {
        // Given
        take(one, Lease.UNKNOWN);
        Lease taken = lease();

        // When
        await(one.keep(shard, END));

        // Then
        assertThat(lease())
                .isEqualTo(new Lease(2, Optional.of("one"), Optional.of(END), Optional.empty(), Duration.ZERO));
        assertThat(take(other, taken)).isFalse();

        // And when it is kept for longer
        await(one.keep(shard, LATER));
        assertThat(lease())
                .isEqualTo(new Lease(3, Optional.of("one"), Optional.of(LATER), Optional.empty(), Duration.ZERO));
    }

    @Test
    void what_was_done_is_nobodys_and_says_when_it_began_and_how_long_it_took() {
        // Given
        take(one, Lease.UNKNOWN);
        Lease taken = lease();

        // When
        await(one.done(shard, NOW, TOOK));

        // Then
        Lease done = new Lease(2, Optional.empty(), Optional.empty(), Optional.of(NOW), TOOK);
        assertThat(lease()).isEqualTo(done);
        assertThat(take(other, taken)).isFalse();
        assertThat(take(other, Lease.UNKNOWN)).isFalse();
        assertThat(take(other, done)).isTrue();
        assertThat(lease()).isEqualTo(new Lease(3, Optional.of("other"), Optional.of(END), Optional.of(NOW), TOOK));
    }

    @Test
    void what_is_given_back_without_being_done_is_taken_at_once() {
        // Given
        take(one, Lease.UNKNOWN);

        // When
        await(one.leave(shard));

        // Then
        assertThat(lease())
                .isEqualTo(new Lease(2, Optional.empty(), Optional.empty(), Optional.empty(), Duration.ZERO));
        assertThat(take(other, lease())).isTrue();
    }

    @Test
    void who_lost_it_can_neither_keep_nor_end_nor_leave_it() {
        // Given
        take(one, Lease.UNKNOWN);
        take(other, lease());
        Lease others = lease();

        // When
        await(one.keep(shard, LATER));
        await(one.done(shard, NOW, TOOK));
        await(one.leave(shard));

        // Then
        assertThat(lease()).isEqualTo(others);
    }

    @Test
    void who_gave_it_back_can_neither_keep_nor_end_it() {
        // Given
        take(one, Lease.UNKNOWN);
        await(one.leave(shard));
        Lease free = lease();

        // When
        await(one.keep(shard, END));
        await(one.done(shard, NOW, TOOK));

        // Then
        assertThat(lease()).isEqualTo(free);
    }

    private boolean take(Leases replica, Lease seen) {
        return await(replica.take(shard, seen, END));
    }

    private Lease lease() {
        return await(one.all(List.of(shard))).getOrDefault(shard, Lease.UNKNOWN);
    }
}
