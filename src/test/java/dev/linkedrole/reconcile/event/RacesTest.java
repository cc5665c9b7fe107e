package dev.linkedrole.reconcile.event;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.reconcile.StuckGateway;
import dev.linkedrole.reconcile.concurrency.BusyInstanceException;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Replica;
import dev.linkedrole.testing.SharedTable;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.iam.ContractTable;
import dev.linkedrole.testing.iam.IamReader;
import dev.linkedrole.testing.iam.Permission;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Replicas that work on one instance at once, in rare orders. */
@Tag("aws")
class RacesTest {

    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/";

    private static final int MANY = 100;

    private final Ledger ledger = SharedTable.ledger();
    private final IamReader iam = new IamReader(AwsTestClients.PLAIN_IAM);
    private final Instance instance = Instance.random();

    @Test
    void a_stale_policy_that_lands_after_a_newer_one_does_not_stay() throws Exception {
        // Given a slow replica whose write is on its way
        new Replica().takeAll(instance.created(0));
        StuckGateway slow = new StuckGateway(Replica.gateway(), Step.PutInlinePolicy.class);
        CompletableFuture<HandlingResult> slowly = start(slow, instance.enabled(1, "agent-events", STREAM + "one"));
        slow.awaitStuck();

        // When another one has written a newer policy, and said so, before it lands
        new Replica().takeAll(instance.enabled(2, "agent-events", STREAM + "two"));
        assertThat(onStreams()).hasSize(6);
        slow.letGo();
        slowly.get(1, TimeUnit.MINUTES);

        // Then
        assertThat(onStreams()).hasSize(6);
        assertThat(await(ledger.load(instance.id())).orElseThrow().settled()).isTrue();
    }

    @Test
    void a_stale_grant_that_lands_after_it_was_taken_away_does_not_stay() throws Exception {
        // Given
        new Replica().takeAll(instance.created(0));
        StuckGateway slow = new StuckGateway(Replica.gateway(), Step.PutInlinePolicy.class);
        CompletableFuture<HandlingResult> slowly = start(slow, instance.enabled(1, "agent-events", STREAM + "one"));
        slow.awaitStuck();

        // When
        new Replica().takeAll(instance.disabled(2, "agent-events"));
        slow.letGo();
        slowly.get(1, TimeUnit.MINUTES);

        // Then
        assertThat(iam.get(instance.roleName()).permissions()).isEqualTo(ContractTable.BASE);
    }

    @Test
    void a_role_made_by_a_slow_replica_after_its_deletion_does_not_stay() throws Exception {
        // Given
        StuckGateway slow = new StuckGateway(Replica.gateway(), Step.CreateRole.class);
        CompletableFuture<HandlingResult> slowly = start(slow, instance.created(0));
        slow.awaitStuck();

        // When
        new Replica().takeAll(instance.deleted(9));
        slow.letGo();
        slowly.get(1, TimeUnit.MINUTES);

        // Then
        assertThat(iam.exists(instance.roleName())).isFalse();
    }

    @Test
    void a_late_policy_write_of_a_slow_replica_recreates_no_deleted_role() throws Exception {
        // Given
        new Replica().takeAll(instance.created(0));
        StuckGateway slow = new StuckGateway(Replica.gateway(), Step.PutInlinePolicy.class);
        CompletableFuture<HandlingResult> slowly = start(slow, instance.enabled(1, "agent-events", STREAM + "one"));
        slow.awaitStuck();

        // When
        new Replica().takeAll(instance.deleted(9));
        slow.letGo();
        slowly.get(1, TimeUnit.MINUTES);

        // Then
        assertThat(iam.exists(instance.roleName())).isFalse();
        assertThat(await(ledger.load(instance.id())).orElseThrow().settled()).isTrue();
    }

    @Test
    void a_deletion_that_is_slow_does_not_mind_grants_that_come_meanwhile() throws Exception {
        // Given
        new Replica().takeAll(instance.created(0));
        StuckGateway slow = new StuckGateway(Replica.gateway(), Step.DeleteRole.class);
        CompletableFuture<HandlingResult> slowly = start(slow, instance.deleted(9));
        slow.awaitStuck();

        // When
        new Replica().takeAll(instance.enabled(1, "agent-events", STREAM + "one"));
        slow.letGo();
        slowly.get(1, TimeUnit.MINUTES);

        // Then
        assertThat(iam.exists(instance.roleName())).isFalse();
    }

    @Test
    void two_replicas_that_make_the_role_at_once_make_one() throws Exception {
        // Given
        StuckGateway slow = new StuckGateway(Replica.gateway(), Step.CreateRole.class);
        RoleEvent created = instance.created(0);
        CompletableFuture<HandlingResult> slowly = start(slow, created);
        slow.awaitStuck();

        // When
        await(new Replica().takeAgain(created));
        slow.letGo();

        // Then
        assertThat(slowly.get(1, TimeUnit.MINUTES).reconciliation()).isInstanceOf(Reconciliation.InForce.class);
        assertThat(iam.get(instance.roleName()).permissions()).isEqualTo(ContractTable.BASE);
    }

    @Test
    void a_hundred_grants_to_one_instance_through_two_replicas_are_all_granted() {
        // Given
        List<RoleEvent> events = new ArrayList<>();
        IntStream.range(0, MANY)
                .forEach(i -> events.add(instance.enabled(i, "agent-events", STREAM + String.format("s%03d", i))));
        events.add(MANY / 2, instance.created(0));
        List<Replica> replicas = List.of(new Replica(), new Replica());

        // When
        await(Multi.createFrom()
                .items(IntStream.rangeClosed(0, MANY).boxed())
                .onItem()
                .transformToUni(i -> takeUntilDone(replicas.get(i % 2), events.get(i)))
                .merge(16)
                .collect()
                .asList());

        // Then
        assertThat(iam.get(instance.roleName()).inlinePolicies())
                .isEqualTo(Defaults.COMPILER
                        .compileAnnounced(instance.after(events))
                        .inlinePolicies());
        assertThat(onStreams()).hasSize(3 * MANY);
        assertThat(await(ledger.load(instance.id())).orElseThrow().settled()).isTrue();
    }

    /** Handles an event until it succeeds, as a queue redelivers it. */
    private static Uni<HandlingResult> takeUntilDone(Replica replica, RoleEvent event) {
        return replica.take(event)
                .onFailure(BusyInstanceException.class)
                .recoverWithUni(
                        () -> replica.takeAgain(event).onFailure().retry().atMost(8));
    }

    private CompletableFuture<HandlingResult> start(StuckGateway gateway, RoleEvent event) {
        return new Replica(ledger, gateway).take(event).subscribeAsCompletionStage();
    }

    private Set<Permission> onStreams() {
        Set<Permission> permissions = iam.get(instance.roleName()).permissions();
        permissions.removeAll(ContractTable.BASE);
        return permissions;
    }
}
