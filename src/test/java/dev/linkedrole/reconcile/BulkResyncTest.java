package dev.linkedrole.reconcile;

import static dev.linkedrole.testing.Patience.await;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.iam.AwsCensus;
import dev.linkedrole.iam.Census;
import dev.linkedrole.reconcile.Resync.Turn;
import dev.linkedrole.role.EventId;
import dev.linkedrole.role.PolicyCompiler;
import dev.linkedrole.role.RoleDescription;
import dev.linkedrole.role.RoleEvent;
import dev.linkedrole.testing.Clients;
import dev.linkedrole.testing.CountedReplica;
import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.HandMadeRole;
import dev.linkedrole.testing.Instance;
import io.smallrye.mutiny.Multi;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What it costs to compare many roles with IAM; on tables of their own, since a round goes over all. */
@Tag("aws")
class BulkResyncTest {

    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/one";
    private static final int MANY = 250;

    private static final String PAGE = "GetAccountAuthorizationDetails";

    private final CountedReplica counted = new CountedReplica(Deployment.provision());

    @AfterEach
    void close() {
        counted.close();
    }

    @Test
    void many_roles_that_are_as_they_should_be_cost_one_call_for_each_page_and_one_request_for_each_hundred_records() {
        // Given
        List<Instance> instances = make(MANY);
        counted.forget();

        // Then
        assertThat(callsBesidePages(Map.of(Turn.UNCHANGED, (long) MANY))).isEmpty();
        assertThat(tallied(counted.ledgerCalls().take()))
                .isEqualTo(Map.of("Query", 32L, "BatchGetItem", (MANY + 99) / 100L));

        // And one that was changed costs what it costs to read it and to put it right
        HandMadeRole.of(instances.get(17).roleName()).putPolicy(PolicyCompiler.INLINE_POLICY, "sqs:*");
        assertThat(tallied(callsBesidePages(Map.of(Turn.UNCHANGED, MANY - 1L, Turn.REPAIRED, 1L))))
                .isEqualTo(Map.of(
                        "GetRole", 1L,
                        "ListRolePolicies", 1L,
                        "GetRolePolicy", 1L,
                        "ListAttachedRolePolicies", 1L,
                        "PutRolePolicy", 1L));
    }

    @Test
    void a_description_that_somebody_has_set_costs_one_call_more_and_is_put_back() {
        // Given
        Instance instance = make(1).getFirst();
        await(counted.replica()
                .take(new RoleEvent.DescriptionEdited(
                        new EventId("described", "test"), instance.arn(), Instant.now(), new RoleDescription("ours"))));
        counted.forget();

        // Then
        assertThat(callsBesidePages(Map.of(Turn.UNCHANGED, 1L))).containsExactly("GetRole");

        // And once somebody has edited it in IAM
        HandMadeRole.of(instance.roleName()).describe("theirs");
        assertThat(resync()).containsOnlyKeys(Turn.REPAIRED);
        assertThat(resync()).containsOnlyKeys(Turn.UNCHANGED);
    }

    private List<Instance> make(int many) {
        List<Instance> instances = Stream.generate(Instance::random).limit(many).toList();
        await(Multi.createFrom()
                .iterable(instances)
                .onItem()
                .transformToUni(instance -> counted.replica()
                        .take(instance.created(0))
                        .chain(() -> counted.replica().take(instance.enabled(1, "agent-events", STREAM))))
                .merge(8)
                .collect()
                .last());
        return instances;
    }

    /**
     * The calls to IAM of a resync after its pages, of which there are as many as the account has.
     *
     * @param turns how the turns have to end
     */
    private List<String> callsBesidePages(Map<Turn, Long> turns) {
        int before = pages();
        assertThat(resync()).isEqualTo(turns);
        int after = pages();
        List<String> calls = counted.iamCalls().take();
        int pages = (int) calls.stream().takeWhile(PAGE::equals).count();
        assertThat(pages).isBetween(Math.min(before, after), Math.max(before, after));
        return calls.subList(pages, calls.size());
    }

    /** How many pages the account has by now, with the roles of all tests that run beside this one. */
    private static int pages() {
        Census census = new AwsCensus(Clients.IAM);
        int pages = 0;
        Optional<String> next = Optional.empty();
        do {
            next = await(census.page(next)).next();
            pages++;
        } while (next.isPresent());
        return pages;
    }

    private Map<Turn, Long> resync() {
        return await(counted.replica().resync().run((id, failure) -> {
            throw new AssertionError("the turn of " + id + " failed", failure);
        }));
    }

    private static Map<String, Long> tallied(List<String> calls) {
        return calls.stream().collect(groupingBy(Function.identity(), counting()));
    }
}
