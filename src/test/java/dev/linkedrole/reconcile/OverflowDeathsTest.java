package dev.linkedrole.reconcile;

import static dev.linkedrole.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.LinkedRole;
import dev.linkedrole.role.RoleEvent;
import dev.linkedrole.testing.Bots;
import dev.linkedrole.testing.ContractTable;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * As {@link DeathsTest}, for a role that has several policies: a replica that dies at any of its calls to IAM or the ledger, before
 * it or after it, leaves nothing behind that is not found again. On models: that takes seconds, and minutes on an emulator.
 */
class OverflowDeathsTest {

    /** More calls than any event takes. */
    private static final int MOST_CALLS = 40;

    private static final int FULL = Bots.FIT_INLINE;

    /** What may happen to an instance with many bots, up to the event in the middle of which its replica dies. */
    enum Life {
        CREATED_WITH_MANY,
        OVERFLOWING,
        GROWING_WHERE_THERE_ARE_MANY_VERSIONS,
        OVERFLOWING_FURTHER,
        SHRINKING_IN_BOTH,
        FITTING_AGAIN,
        DELETED;

        List<RoleEvent> of(Instance instance) {
            RoleEvent created = instance.created(0);
            RoleEvent full = Bots.enabled(instance, 1, 0, FULL);
            RoleEvent over = Bots.enabled(instance, 2, FULL, FULL + 10);
            return switch (this) {
                case CREATED_WITH_MANY -> List.of(full, over, created);
                case OVERFLOWING -> List.of(created, full, over);
                case GROWING_WHERE_THERE_ARE_MANY_VERSIONS ->
                    List.of(
                            created,
                            full,
                            over,
                            Bots.enabled(instance, 3, 201, 202),
                            Bots.enabled(instance, 4, 202, 203),
                            Bots.enabled(instance, 5, 203, 204),
                            Bots.enabled(instance, 6, 204, 205));
                case OVERFLOWING_FURTHER -> List.of(created, full, over, Bots.enabled(instance, 3, 300, 420));
                case SHRINKING_IN_BOTH -> List.of(created, full, over, Bots.disabled(instance, 3, FULL - 5, FULL + 5));
                case FITTING_AGAIN -> List.of(created, full, over, Bots.disabled(instance, 3, 0, 30));
                case DELETED -> List.of(created, full, over, Bots.enabled(instance, 3, 201, 202), instance.deleted(9));
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_message_comes_again_and_the_role_is_right(Life life) {
        atEveryCall(life, after -> {
            // When
            await(after.cloud().process().handler().handle(after.events().getLast(), true));

            // Then
            after.assertRight(after.instance().after(after.events()));
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_new_event_comes_before_the_message_comes_again(Life life) {
        atEveryCall(life, after -> {
            // When
            RoleEvent back = Bots.disabled(after.instance(), 7, 100, 350);
            RoleEvent more = Bots.enabled(after.instance(), 8, 500, 540);
            after.take(back);

            // Then what is recorded by now is in force already, even should the message never come again
            after.assertRight(after.recorded().orElseThrow());

            // And when it does
            after.take(more);
            await(after.cloud().process().handler().handle(after.events().getLast(), true));
            List<RoleEvent> all = new ArrayList<>(after.events());
            all.addAll(List.of(back, more));
            after.assertRight(after.instance().after(all));
        });
    }

    @ParameterizedTest
    @EnumSource
    void the_message_never_comes_again_and_a_reconcile_makes_it_right(Life life) {
        atEveryCall(life, after -> {
            // Given that anything at all was recorded
            Optional<LinkedRole> recorded = after.recorded();
            if (recorded.isPresent()) {

                // When
                await(after.cloud()
                        .process()
                        .reconciler()
                        .reconcile(after.instance().id(), Basis.IAM));

                // Then
                after.assertRight(recorded.get());
            }
        });
    }

    /** Lives a life once for every call that its last event takes, with the death of its process before and after it. */
    private static void atEveryCall(Life life, Consumer<Aftermath> then) {
        for (boolean takesEffect : List.of(false, true)) {
            boolean died = true;
            for (int lastCall = 1; died; lastCall++) {
                assertThat(lastCall).isLessThan(MOST_CALLS);
                Instance instance = Instance.random();
                List<RoleEvent> events = life.of(instance);
                Mortality mortality = new Mortality(lastCall, takesEffect);
                Aftermath after = new Aftermath(new ModelCloud(false), instance, events, mortality);
                events.subList(0, events.size() - 1).forEach(after::take);
                await(after.cloud()
                        .process(mortality)
                        .handler()
                        .handle(events.getLast(), false)
                        .replaceWithVoid()
                        .onFailure(failure -> mortality.died())
                        .recoverWithNull());
                died = mortality.died();
                then.accept(after);
            }
        }
    }

    private static SortedSet<Permission> permissions(LinkedRole known) {
        SortedSet<Permission> permissions = new TreeSet<>(ContractTable.BASE);
        known.enabled().stream()
                .flatMap(grant -> grant.resource().stream())
                .forEach(bot -> permissions.add(Permission.of("lex:PostContent", bot + ":*")));
        return permissions;
    }

    /** What a dead process has left behind, and whoever comes after it. */
    private record Aftermath(ModelCloud cloud, Instance instance, List<RoleEvent> events, Mortality mortality) {

        void take(RoleEvent event) {
            await(cloud.process().handler().handle(event, false));
        }

        Optional<LinkedRole> recorded() {
            return await(cloud.process().ledger().load(instance.id())).map(record -> record.role());
        }

        void assertRight(LinkedRole known) {
            assertThat(cloud.permissions(instance.roleName()))
                    .as(toString())
                    .isEqualTo(known.live() ? Optional.of(permissions(known)) : Optional.empty());
            assertThat(cloud.policies()).as(toString()).isEqualTo(cloud.attached(instance.roleName()));
            assertThat(await(cloud.process().ledger().load(instance.id()))).hasValueSatisfying(record -> {
                assertThat(record.role()).isEqualTo(known);
                assertThat(record.settled()).isTrue();
                assertThat(record.conditions()).isEmpty();
            });
        }

        @Override
        public String toString() {
            return mortality.toString();
        }
    }
}
