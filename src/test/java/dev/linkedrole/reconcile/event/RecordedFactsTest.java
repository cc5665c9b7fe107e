package dev.linkedrole.reconcile.event;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.iammodel.IamFaults;
import dev.linkedrole.ledger.Associations;
import dev.linkedrole.ledger.ModelAssociations;
import dev.linkedrole.reconcile.InterruptedReplica;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.model.Association;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Instance;
import io.smallrye.mutiny.Uni;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The recorded facts that complete an API call, and the failures of the ledger that are counted. */
class RecordedFactsTest {

    private static final int ENOUGH_TO_OPEN = 3;

    private static final String BUCKET = "arn:aws:s3:::recordings/acme";

    private final Instance instance = Instance.random();
    private final ModelCloud cloud = new ModelCloud(false);
    private final CircuitBreaker store = new CircuitBreaker(
            "The ledger", failure -> true, () -> Uni.createFrom().nothing(), Retry.inRealTime());
    private final Associations associations = new ModelAssociations();

    @Test
    void the_alias_is_that_of_the_recorded_announcement() {
        // Given
        ModelCloud.MortalProcess process = cloud.process();
        process.record(instance.created(0));

        // When, Then
        assertThat(await(facts(process, associations).alias(instance.id()))).contains("acme-support");
    }

    @Test
    void an_instance_that_is_unknown_unannounced_or_without_alias_has_none() {
        // Given
        ModelCloud.MortalProcess process = cloud.process();
        RecordedFacts facts = facts(process, associations);
        assertThat(await(facts.alias(instance.id()))).isEmpty();

        // When it is not announced yet
        process.record(instance.enabled(0, "outbound-campaigns"));
        assertThat(await(facts.alias(instance.id()))).isEmpty();

        // When it is announced without an alias
        process.record(new RoleEvent.InstanceCreated(
                new EventId("1", "acme"), instance.arn(), Instance.START.plusSeconds(1), ""));

        // Then
        assertThat(await(facts.alias(instance.id()))).isEmpty();
    }

    @Test
    void an_association_is_all_that_several_calls_said_of_it() {
        // Given
        RecordedFacts facts = facts(cloud.process(), associations);
        Association begun = Association.begun("call-recordings", Set.of(BUCKET), Instance.START);

        // When
        Association first = await(facts.join(instance.id(), "a1", begun));
        Association second = await(facts.join(instance.id(), "a1", Association.ended(Instance.START.plusSeconds(5))));

        // Then
        assertThat(first).isEqualTo(begun);
        assertThat(second.begun()).isEqualTo(begun.begun());
        assertThat(second.disabledAt()).contains(Instance.START.plusSeconds(5));
        assertThat(await(facts.join(instance.id(), "a2", Association.ended(Instance.START)))
                        .begun())
                .isEmpty();
    }

    @Test
    void reads_that_fail_open_the_circuit_breaker() {
        // Given
        RecordedFacts facts = facts(
                cloud.process(new InterruptedReplica().before("Load", () -> {
                    throw IamFaults.serviceFailure();
                })),
                associations);

        // When
        for (int i = 0; i < ENOUGH_TO_OPEN; i++) {
            assertThatThrownBy(() -> await(facts.alias(instance.id()))).isInstanceOf(Exception.class);
        }

        // Then
        assertThat(store.open()).isPresent();
    }

    @Test
    void joins_that_fail_open_the_circuit_breaker_and_a_success_closes_it() {
        // Given
        Associations away = (anyInstance, anyId, known) -> Uni.createFrom().failure(new IllegalStateException("away"));
        Association known = Association.ended(Instance.START);

        // When
        for (int i = 0; i < ENOUGH_TO_OPEN; i++) {
            assertThatThrownBy(() -> await(facts(cloud.process(), away).join(instance.id(), "a1", known)))
                    .hasMessageContaining("away");
        }
        assertThat(store.open()).hasValueSatisfying(why -> assertThat(why).contains("The ledger", "away"));
        await(facts(cloud.process(), associations).join(instance.id(), "a1", known));

        // Then
        assertThat(store.open()).isEmpty();
    }

    private RecordedFacts facts(ModelCloud.MortalProcess process, Associations with) {
        return new RecordedFacts(process.ledger(), with, store);
    }
}
