package dev.linkedrole.reconcile.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.reconcile.RaceResult;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Bots;
import dev.linkedrole.testing.iam.ContractTable;
import dev.linkedrole.testing.iam.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A replica dies before or after any of its calls, while the role has several policies; no policy remains that is not
 * found again. On models, which take seconds where an emulator takes minutes.
 */
class OverflowCrashesTest {

    private static final int FULL = Bots.FIT_INLINE;

    /** Histories of an instance with many bots, up to the event during which its replica dies. */
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
        RaceResult.ofEveryDeath(life::of, after -> {
            // When
            after.takeLastAgain();

            // Then
            assertRight(after, after.instance().after(after.events()));
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_new_event_comes_before_the_message_comes_again(Life life) {
        RaceResult.ofEveryDeath(life::of, after -> {
            // When
            RoleEvent back = Bots.disabled(after.instance(), 7, 100, 350);
            RoleEvent more = Bots.enabled(after.instance(), 8, 500, 540);
            after.take(back);

            // Then what is recorded by now is in force already, even should the message never come again
            assertRight(after, after.recorded().orElseThrow());

            // And when it does
            after.take(more);
            after.takeLastAgain();
            List<RoleEvent> all = new ArrayList<>(after.events());
            all.addAll(List.of(back, more));
            assertRight(after, after.instance().after(all));
        });
    }

    @ParameterizedTest
    @EnumSource
    void the_message_never_comes_again_and_a_reconcile_makes_it_right(Life life) {
        RaceResult.ofEveryDeath(life::of, after -> {
            // Given that anything at all was recorded
            Optional<LinkedRole> recorded = after.recorded();
            if (recorded.isPresent()) {

                // When
                after.reconcile();

                // Then
                assertRight(after, recorded.get());
            }
        });
    }

    private static void assertRight(RaceResult after, LinkedRole known) {
        assertThat(after.cloud().permissions(after.instance().roleName()))
                .as(after.toString())
                .isEqualTo(known.live() ? Optional.of(permissions(known)) : Optional.empty());
        assertThat(after.cloud().policies())
                .as(after.toString())
                .isEqualTo(after.cloud().attached(after.instance().roleName()));
        after.assertSettled(known);
    }

    private static SortedSet<Permission> permissions(LinkedRole known) {
        SortedSet<Permission> permissions = new TreeSet<>(ContractTable.BASE);
        known.enabled().stream()
                .flatMap(grant -> grant.resource().stream())
                .forEach(bot -> permissions.add(Permission.of("lex:PostContent", bot + ":*")));
        return permissions;
    }
}
