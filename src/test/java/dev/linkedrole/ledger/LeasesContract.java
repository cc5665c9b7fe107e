package dev.linkedrole.ledger;

import static dev.linkedrole.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What all leases promise: those on DynamoDB, and the model of them. */
abstract class LeasesContract {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00.5Z");
    private static final Instant END = NOW.plus(LONG);
    private static final Instant LAST_ROUND = NOW.minus(Duration.ofMinutes(10));

    private final String share = "share-" + UUID.randomUUID();
    private final Leases one = leases("one");
    private final Leases other = leases("other");

    /** A replica's way to the leases that all replicas of the test share. */
    abstract Leases leases(String holder);

    @Test
    void nothing_is_known_of_a_share_that_nobody_ever_had() {
        assertThat(lease()).isEqualTo(Lease.UNKNOWN);
    }

    @Test
    void a_share_that_is_taken_is_nobody_elses_until_its_time_is_over() {
        // When
        assertThat(take(one, NOW)).isTrue();

        // Then
        assertThat(lease()).isEqualTo(new Lease(Optional.of(END), Optional.empty()));
        assertThat(take(other, NOW)).isFalse();
        assertThat(take(other, END.minusNanos(1_000_000))).isFalse();
        assertThat(take(other, END)).isTrue();
        assertThat(take(one, END)).isFalse();
    }

    @Test
    void whoever_has_it_may_take_it_again_and_keep_it_for_longer() {
        // Given
        take(one, NOW);

        // When
        assertThat(take(one, NOW.plusSeconds(1))).isTrue();
        await(one.keep(share, END.plus(LONG)));

        // Then
        assertThat(lease()).isEqualTo(new Lease(Optional.of(END.plus(LONG)), Optional.empty()));
        assertThat(take(other, END.plusSeconds(1))).isFalse();
    }

    @Test
    void what_was_done_is_nobodys_and_is_taken_again_in_the_next_round() {
        // Given
        take(one, NOW);

        // When
        await(one.done(share, NOW));

        // Then
        assertThat(lease()).isEqualTo(new Lease(Optional.empty(), Optional.of(NOW)));
        assertThat(await(other.take(share, NOW, END, NOW.minusNanos(1_000_000))))
                .isFalse();
        assertThat(await(one.take(share, NOW, END, LAST_ROUND))).isFalse();
        assertThat(await(other.take(share, NOW, END, NOW))).isTrue();
        assertThat(lease()).isEqualTo(new Lease(Optional.of(END), Optional.of(NOW)));
    }

    @Test
    void what_is_given_back_without_being_done_is_taken_at_once() {
        // Given
        take(one, NOW);

        // When
        await(one.leave(share));

        // Then
        assertThat(lease()).isEqualTo(Lease.UNKNOWN);
        assertThat(take(other, NOW)).isTrue();
    }

    @Test
    void who_lost_it_can_neither_keep_nor_end_nor_leave_it() {
        // Given
        take(one, NOW);
        take(other, END);
        Lease others = lease();

        // When
        await(one.keep(share, END.plus(LONG.multipliedBy(9))));
        await(one.done(share, NOW));
        await(one.leave(share));

        // Then
        assertThat(lease()).isEqualTo(others);
    }

    @Test
    void who_gave_it_back_can_neither_keep_nor_end_it() {
        // Given
        take(one, NOW);
        await(one.leave(share));

        // When
        await(one.keep(share, END));
        await(one.done(share, NOW));

        // Then
        assertThat(lease()).isEqualTo(Lease.UNKNOWN);
    }

    private boolean take(Leases replica, Instant now) {
        return await(replica.take(share, now, now.plus(LONG), LAST_ROUND));
    }

    private Lease lease() {
        return await(one.all(List.of(share))).getOrDefault(share, Lease.UNKNOWN);
    }
}
