package dev.linkedrole.reconcile.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.reconcile.RaceResult;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A replica dies before or after any of its calls, while it handles the last event of a life. The next replica finds
 * the ledger and IAM as it left them, and ends with the role that all events require. On models, which take seconds
 * where an emulator takes minutes.
 */
class CrashesTest {

    private static final String STREAM = "arn:aws:firehose:us-west-2:111122223333:deliverystream/";

    /** Histories of an instance, up to the event during which its replica dies. */
    enum Life {
        CREATED,
        CREATED_WITH_FEATURES,
        ENABLED,
        DISABLED,
        DELETED;

        List<RoleEvent> of(Instance instance) {
            RoleEvent created = instance.created(0);
            RoleEvent enabled = instance.enabled(1, "agent-events", STREAM + "one");
            return switch (this) {
                case CREATED -> List.of(created);
                case CREATED_WITH_FEATURES -> List.of(enabled, created);
                case ENABLED -> List.of(created, enabled);
                case DISABLED -> List.of(created, enabled, instance.disabled(2, "agent-events"));
                case DELETED -> List.of(created, enabled, instance.deleted(9));
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
    void a_new_event_that_goes_back_comes_before_the_message_comes_again(Life life) {
        RaceResult.ofEveryDeath(life::of, after -> {
            // When
            RoleEvent back = after.instance().disabled(5, "agent-events");
            RoleEvent other = after.instance().enabled(6, "agent-events", STREAM + "two");
            List<RoleEvent> all = new ArrayList<>(after.events());
            all.addAll(List.of(back, other));
            after.take(back);

            // Then what is recorded by now is in force already, even should the message never come again
            assertRight(after, after.recorded().orElseThrow());

            // And when it does
            after.take(other);
            after.takeLastAgain();
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
        assertThat(after.cloud().inlinePolicies(after.instance().roleName()))
                .as(after.toString())
                .isEqualTo(Stream.of(known)
                        .filter(LinkedRole::live)
                        .map(role -> Defaults.COMPILER.compileAnnounced(role).inlinePolicies())
                        .findFirst());
        after.assertSettled(known);
    }
}
