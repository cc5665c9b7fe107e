package dev.linkedrole.simulation.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.simulation.races.Actors;
import dev.linkedrole.simulation.races.Exploration;
import dev.linkedrole.simulation.world.InstanceLife;
import dev.linkedrole.simulation.world.Setting;
import dev.linkedrole.simulation.world.SteppedCalls;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Bots;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Planted defects that show only in situations that a random fleet rarely reaches: after one certain call of one of two
 * replicas, without a later repair. They are found by trying one call after the other.
 */
class DefectsTest {

    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/acme";
    private static final String HOSE = "arn:aws:firehose:us-west-2:111122223333:deliverystream/acme";

    private static final int MAX_CALLS = 60;

    /** Maximum number of paths explored; all of them take minutes if a role outgrows its inline policy. */
    private static final int MAX_WAYS = 200;

    private final Instance instance = Instance.random();
    private final RoleEvent created = instance.created(0);
    private final RoleEvent granted = instance.enabled(1, "agent-events", STREAM);

    /**
     * A grant, and another one that is recorded and written while the first replica writes the older state, and dies.
     */
    private final Actors twoGrants = Actors.of(
                    instance, List.of(created), granted, instance.enabled(2, "agent-events", HOSE))
            .withDeaths(1);

    /** A role gets its first managed policy while its instance is deleted. */
    private final Actors growthAndDeletion = Actors.of(
                    instance, List.of(created), Bots.enabled(instance, 1, 0, 250), instance.deleted(2))
            .outgrowing()
            .withDeaths(1);

    /** A grant, and its revocation, which is recorded between the two reads of the decision on the grant. */
    private final Actors grantAndWithdrawal =
            Actors.of(instance, List.of(created), granted, instance.disabled(2, "agent-events", STREAM));

    /** The last event of a life, one of whose calls fails. */
    enum Last {
        CREATED,
        GRANTED,
        TAKEN,
        DELETED;

        List<RoleEvent> of(Instance instance) {
            RoleEvent created = instance.created(0);
            RoleEvent granted = instance.enabled(1, "agent-events", STREAM);
            return switch (this) {
                case CREATED -> List.of(granted, created);
                case GRANTED -> List.of(created, granted);
                case TAKEN -> List.of(created, granted, instance.disabled(2, "agent-events"));
                case DELETED -> List.of(created, granted, instance.deleted(2));
            };
        }
    }

    /**
     * A defect that was found.
     *
     * @param ways number of paths explored until the defect showed
     */
    private record Found(int ways, String what) {}

    @Test
    void trusting_the_ledger_on_redelivery_is_found_in_a_bounded_search() {
        Found found = find(twoGrants.with(Defect.TRUSTS_LEDGER_ON_REDELIVERY)).orElseThrow();

        assertThat(found.what()).contains("too little");
        assertThat(found.ways()).isLessThanOrEqualTo(100);
    }

    @Test
    void who_notes_no_policy_before_it_is_made_is_found_within_so_many_ways() {
        Found found = find(growthAndDeletion.with(Defect.RESERVES_NOTHING)).orElseThrow();

        assertThat(found.what()).contains("is attached to no role");
        assertThat(found.ways()).isLessThanOrEqualTo(10);
    }

    @Test
    void reading_disabled_marks_before_the_role_is_found() {
        Found found = find(grantAndWithdrawal.with(Defect.READS_DISABLED_FIRST)).orElseThrow();

        assertThat(found.what()).contains("is not what its events say");
        assertThat(found.ways()).isLessThanOrEqualTo(100);
    }

    @Test
    void noting_each_policy_first_leaves_none_behind_in_the_same_search() {
        assertThat(find(growthAndDeletion)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatever_call_fails_the_message_comes_again_and_the_role_is_right(Last last) {
        for (int call = 1; fail(last, call, Defect.NONE); call++) {
            assertThat(call).isLessThan(MAX_CALLS);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GRANTED", "TAKEN"})
    void who_takes_a_failed_call_for_one_that_succeeded_is_found_in_one_life(Last last) {
        Optional<String> found = Optional.empty();
        boolean more = true;
        for (int call = 1; more && found.isEmpty(); call++) {
            try {
                more = fail(last, call, Defect.SWALLOWS_FAILURES);
            } catch (AssertionError wrong) {
                found = Optional.of(String.valueOf(wrong.getMessage()));
            }
        }

        assertThat(found).hasValueSatisfying(wrong -> assertThat(wrong).contains("too much and"));
    }

    /** Explores paths of a race, up to the maximum, until one ends wrong. */
    private static Optional<Found> find(Actors cast) {
        int[] gone = {0};
        try {
            Exploration.of(exploration -> {
                if (++gone[0] > MAX_WAYS) {
                    throw new EnoughException();
                }
                cast.play(exploration);
            });
            return Optional.empty();
        } catch (EnoughException enough) {
            return Optional.empty();
        } catch (AssertionError wrong) {
            System.out.printf("%s is found in way %d%n", cast.defect(), gone[0]);
            return Optional.of(new Found(gone[0], String.valueOf(wrong.getMessage())));
        }
    }

    /** All paths up to the maximum were explored. */
    private static final class EnoughException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    /** @return true if there is a call with this number */
    private boolean fail(Last last, int call, Defect defect) {
        List<RoleEvent> events = last.of(instance);
        RoleEvent event = events.getLast();
        SteppedCalls world = new SteppedCalls(
                new Setting(false, false, false, false, 1, List.of(new InstanceLife(instance.arn(), events))), defect);
        world.takeAll(events.subList(0, events.size() - 1), false);
        SteppedCalls.Actor actor = world.new Actor().take(event, false);
        world.settle();
        for (int next = 1; next < call && actor.ready(); next++) {
            actor.wire.step();
            world.settle();
        }
        boolean fails = actor.ready();
        if (fails) {
            actor.wire.fail();
            world.settle();
        }
        actor.finish();
        if (!actor.succeeded()) {
            world.takeAll(List.of(event), true);
        }
        world.requireRight();
        return fails;
    }
}
