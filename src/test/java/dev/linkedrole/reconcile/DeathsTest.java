package dev.linkedrole.reconcile;

import static dev.linkedrole.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.role.LinkedRole;
import dev.linkedrole.role.RoleEvent;
import dev.linkedrole.testing.Clients;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.IamReader;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Replica;
import dev.linkedrole.testing.SharedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A replica that dies at any of its calls, before it or after it, while it deals with the last event of a life. Whoever
 * comes next finds the ledger and IAM as it left them, and ends with the role that all events say.
 */
@Tag("aws")
class DeathsTest {

    /** More calls than any event takes. */
    private static final int MOST_CALLS = 40;

    private static final String STREAM = "arn:aws:firehose:us-west-2:111122223333:deliverystream/";

    private final Ledger ledger = SharedTable.ledger();
    private final IamReader iam = new IamReader(Clients.PLAIN_IAM);

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
            await(new Replica().takeAgain(after.lastEvent()));

            // Then
            assertRight(after.instance(), after.events());
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
            new Replica().takeAll(back);

            // Then what is recorded by now is in force already, even should the message never come again
            LinkedRole recorded =
                    await(ledger.load(after.instance().id())).orElseThrow().role();
            assertRight(after.instance(), recorded);

            // And when it does
            new Replica().takeAll(other);
            await(new Replica().takeAgain(after.lastEvent()));
            assertRight(after.instance(), all);
        });
    }

    @ParameterizedTest
    @EnumSource
    void the_message_never_comes_again_and_a_reconcile_makes_it_right(Life life) {
        atEveryCall(life, after -> {
            // Given that anything at all was recorded
            Optional<LinkedRole> recorded =
                    await(ledger.load(after.instance().id())).map(record -> record.role());
            if (recorded.isPresent()) {

                // When
                await(new Replica().reconciler().reconcile(after.instance().id(), Basis.IAM));

                // Then
                assertRight(after.instance(), recorded.get());
            }
        });
    }

    /** Lives a life once for every call that its last event takes, with the death of its replica before and after it. */
    private void atEveryCall(Life life, Consumer<Aftermath> then) {
        for (boolean takesEffect : List.of(false, true)) {
            boolean died = true;
            for (int lastCall = 1; died; lastCall++) {
                assertThat(lastCall).isLessThan(MOST_CALLS);
                Instance instance = Instance.random();
                List<RoleEvent> events = life.of(instance);
                Mortality mortality = new Mortality(lastCall, takesEffect);
                live(events, mortality);
                died = mortality.died();
                then.accept(new Aftermath(instance, events, mortality));
            }
        }
    }

    private void live(List<RoleEvent> events, Mortality mortality) {
        new Replica().takeAll(events.subList(0, events.size() - 1).toArray(RoleEvent[]::new));
        Replica mortal =
                new Replica(new MortalLedger(ledger, mortality), new MortalGateway(Replica.gateway(), mortality));
        await(mortal.take(events.getLast())
                .replaceWithVoid()
                .onFailure(Mortality.DeathException.class)
                .recoverWithNull());
    }

    private void assertRight(Instance instance, List<RoleEvent> events) {
        assertRight(instance, instance.after(events));
    }

    private void assertRight(Instance instance, LinkedRole known) {
        assertThat(iam.find(instance.roleName()).map(IamReader.FoundRole::inlinePolicies))
                .isEqualTo(Stream.of(known)
                        .filter(LinkedRole::live)
                        .map(role -> Defaults.COMPILER.compileAnnounced(role).inlinePolicies())
                        .findFirst());
        assertThat(await(ledger.load(instance.id()))).hasValueSatisfying(record -> {
            assertThat(record.role()).isEqualTo(known);
            assertThat(record.settled()).isTrue();
            assertThat(record.conditions()).isEmpty();
        });
    }

    /** What a dead replica has left behind. */
    private record Aftermath(Instance instance, List<RoleEvent> events, Mortality mortality) {

        RoleEvent lastEvent() {
            return events.getLast();
        }
    }
}
