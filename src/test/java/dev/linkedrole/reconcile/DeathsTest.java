package dev.linkedrole.reconcile;

import static dev.linkedrole.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.LinkedRole;
import dev.linkedrole.role.RoleEvent;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A replica that dies at any of its calls, before it or after it, while it deals with the last event of a life. Whoever
 * comes next finds the ledger and IAM as it left them, and ends with the role that all events say. On models: that takes
 * seconds, and minutes on an emulator.
 */
class DeathsTest {

    /** More calls than any event takes. */
    private static final int MOST_CALLS = 40;

    private static final String STREAM = "arn:aws:firehose:us-west-2:111122223333:deliverystream/";

    /** What may happen to an instance, up to the event in the middle of which its replica dies. */
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
        atEveryCall(life, after -> {
            // When
            after.takeLastAgain();

            // Then
            after.assertRight(after.instance().after(after.events()));
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_new_event_that_goes_back_comes_before_the_message_comes_again(Life life) {
        atEveryCall(life, after -> {
            // When
            RoleEvent back = after.instance().disabled(5, "agent-events");
            RoleEvent other = after.instance().enabled(6, "agent-events", STREAM + "two");
            List<RoleEvent> all = new ArrayList<>(after.events());
            all.addAll(List.of(back, other));
            after.take(back);

            // Then what is recorded by now is in force already, even should the message never come again
            after.assertRight(after.recorded().orElseThrow());

            // And when it does
            after.take(other);
            after.takeLastAgain();
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
                Mortality mortality = new Mortality(lastCall, takesEffect);
                Aftermath after = new Aftermath(new ModelCloud(false), instance, life.of(instance), mortality);
                after.live();
                died = mortality.died();
                then.accept(after);
            }
        }
    }

    /** What a dead process has left behind, and whoever comes after it. */
    private record Aftermath(ModelCloud cloud, Instance instance, List<RoleEvent> events, Mortality mortality) {

        void live() {
            events.subList(0, events.size() - 1).forEach(this::take);
            await(cloud.process(mortality)
                    .handler()
                    .handle(events.getLast(), false)
                    .replaceWithVoid()
                    .onFailure(failure -> mortality.died())
                    .recoverWithNull());
        }

        void take(RoleEvent event) {
            await(cloud.process().handler().handle(event, false));
        }

        void takeLastAgain() {
            await(cloud.process().handler().handle(events.getLast(), true));
        }

        Optional<LinkedRole> recorded() {
            return await(cloud.process().ledger().load(instance.id())).map(record -> record.role());
        }

        void assertRight(LinkedRole known) {
            assertThat(cloud.inlinePolicies(instance.roleName()))
                    .as(toString())
                    .isEqualTo(Stream.of(known)
                            .filter(LinkedRole::live)
                            .map(role ->
                                    Defaults.COMPILER.compileAnnounced(role).inlinePolicies())
                            .findFirst());
            assertThat(await(cloud.process().ledger().load(instance.id())))
                    .as(toString())
                    .hasValueSatisfying(record -> {
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
