package dev.linkedrole.simulation.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Instance;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two replicas work on one instance: every order in which their calls can take effect, and their deaths before and
 * after each of their calls in each order, after which their messages are redelivered. No resync repairs anything,
 * except where it is part of a race.
 *
 * <p>Schedules that reach the same state are continued once. The state consists of the content of the ledger and IAM,
 * and of all answers that each running replica has received.
 */
class InterleavingsTest {

    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/acme";
    private static final String HOSE = "arn:aws:firehose:us-west-2:111122223333:deliverystream/acme";

    /**
     * The number of deaths in one schedule: one process, or both with {@code make interleavings}, which takes longer.
     */
    private static final int DEATHS = Integer.getInteger("interleavings.deaths", 1);

    /** The initial state, and the concurrent actions on it. */
    // The functions have no state.
    @SuppressWarnings("ImmutableEnumChecker")
    enum Race {
        TWO_GRANTS(
                instance -> List.of(instance.created(0)),
                instance -> instance.enabled(1, "agent-events", STREAM),
                instance -> instance.enabled(2, "agent-events", HOSE)),
        GRANT_AND_ITS_WITHDRAWAL(
                instance -> List.of(instance.created(0)),
                instance -> instance.enabled(1, "agent-events", STREAM),
                instance -> instance.disabled(2, "agent-events")),
        GRANT_AND_ITS_WITHDRAWAL_BY_NAME(
                instance -> List.of(instance.created(0)),
                instance -> instance.enabled(1, "agent-events", STREAM),
                instance -> instance.disabled(2, "agent-events", STREAM)),
        LATE_GRANT_AND_ANOTHER_WITHDRAWAL(
                instance -> List.of(instance.created(0), instance.disabled(3, "agent-events", STREAM)),
                instance -> instance.enabled(2, "agent-events", STREAM),
                instance -> instance.disabled(4, "agent-events", STREAM, HOSE)),
        GRANT_AND_DELETION(
                instance -> List.of(instance.created(0)),
                instance -> instance.enabled(1, "agent-events", STREAM),
                instance -> instance.deleted(2)),
        CREATION_AND_DELETION(instance -> List.of(), instance -> instance.created(0), instance -> instance.deleted(2)),
        CREATION_AND_GRANT(
                instance -> List.of(),
                instance -> instance.created(0),
                instance -> instance.enabled(1, "agent-events", STREAM));

        private final Function<Instance, List<RoleEvent>> before;
        private final Function<Instance, RoleEvent> first;
        private final Function<Instance, RoleEvent> second;

        Race(
                Function<Instance, List<RoleEvent>> before,
                Function<Instance, RoleEvent> first,
                Function<Instance, RoleEvent> second) {
            this.before = before;
            this.first = first;
            this.second = second;
        }
    }

    @ParameterizedTest
    @EnumSource
    void in_every_order_of_their_calls_the_role_ends_as_its_events_say(Race race) {
        explore(race + "", cast(race));
    }

    @ParameterizedTest
    @EnumSource
    void redelivery_repairs_every_interleaving_with_deaths_at_every_call(Race race) {
        explore(
                race + (DEATHS == 1 ? ", of which the first may die" : ", which may both die"),
                cast(race).withDeaths(DEATHS));
    }

    @ParameterizedTest
    @EnumSource
    void the_role_ends_as_its_events_say_in_every_order_with_a_resync(Race race) {
        explore(
                race + ", the first of them beside a resync",
                cast(race).withDeaths(DEATHS - 1).afterSecond().withResync());
    }

    private static Actors cast(Race race) {
        Instance instance = Instance.random();
        return Actors.of(
                instance, race.before.apply(instance), race.first.apply(instance), race.second.apply(instance));
    }

    private static void explore(String name, Actors cast) {
        long begun = System.nanoTime();
        Exploration.Extent extent = Exploration.of(cast::play);

        assertThat(extent.schedules()).as("schedules of " + name).isGreaterThan(5);
        System.out.printf(
                "%s: %,d schedules through %,d states, in %,d ms%n",
                name, extent.schedules(), extent.states(), (System.nanoTime() - begun) / 1_000_000);
    }
}
