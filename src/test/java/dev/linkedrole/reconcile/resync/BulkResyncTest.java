package dev.linkedrole.reconcile.resync;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.RoleDescription;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.testing.CountedReplica;
import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.ManualRoleEdit;
import io.smallrye.mutiny.Multi;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;

/** The cost of comparing many roles with IAM; on tables of their own, since a round covers all roles. */
@Tag("aws")
class BulkResyncTest {

    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/one";
    private static final int MANY = 120;

    private static final String PAGE = "GetAccountAuthorizationDetails";

    /** For each page that was read, true if there are more. */
    private final List<Boolean> more = new CopyOnWriteArrayList<>();

    private final CountedReplica counted = new CountedReplica(Deployment.provision(), new ExecutionInterceptor() {
        @Override
        public void afterExecution(Context.AfterExecution call, ExecutionAttributes attributes) {
            if (call.response() instanceof GetAccountAuthorizationDetailsResponse page) {
                more.add(page.isTruncated());
            }
        }
    });

    @AfterEach
    void close() {
        counted.close();
    }

    @Test
    void unchanged_roles_cost_a_call_per_page_and_a_request_per_100_records() {
        // Given
        List<Instance> instances = make(MANY);
        counted.forget();

        // Then
        assertThat(callsBesidePages(Map.of(ResyncResult.UNCHANGED, (long) MANY)))
                .isEmpty();
        assertThat(tallied(counted.ledgerCalls().take()))
                .isEqualTo(Map.of("Query", 32L, "BatchGetItem", (MANY + 99) / 100L));

        // And one that was changed costs what it costs to read it and to put it right
        ManualRoleEdit.of(instances.get(17).roleName()).putPolicy(PolicySlot.INLINE_POLICY, "sqs:*");
        assertThat(tallied(callsBesidePages(Map.of(ResyncResult.UNCHANGED, MANY - 1L, ResyncResult.REPAIRED, 1L))))
                .isEqualTo(Map.of(
                        "GetRole", 1L,
                        "ListRolePolicies", 1L,
                        "GetRolePolicy", 1L,
                        "ListAttachedRolePolicies", 1L,
                        "PutRolePolicy", 1L));
    }

    @Test
    void a_set_description_costs_one_more_call_and_is_restored() {
        // Given
        Instance instance = make(1).getFirst();
        await(counted.replica()
                .take(new RoleEvent.DescriptionEdited(
                        new EventId("described", "test"), instance.arn(), Instant.now(), new RoleDescription("ours"))));
        counted.forget();

        // Then
        assertThat(callsBesidePages(Map.of(ResyncResult.UNCHANGED, 1L))).containsExactly("GetRole");

        // And once it was edited in IAM
        ManualRoleEdit.of(instance.roleName()).describe("theirs");
        assertThat(resync()).containsOnlyKeys(ResyncResult.REPAIRED);
        assertThat(resync()).containsOnlyKeys(ResyncResult.UNCHANGED);
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
     * Returns the calls to IAM of a resync after its pages, however many pages the account has with the roles of
     * concurrent tests.
     *
     * @param turns the expected results
     */
    private List<String> callsBesidePages(Map<ResyncResult, Long> turns) {
        more.clear();
        assertThat(resync()).isEqualTo(turns);
        List<String> calls = counted.iamCalls().take();
        int sent = (int) calls.stream().takeWhile(PAGE::equals).count();
        // The SDK retries a page that a busy machine does not answer in time.
        assertThat(more).hasSizeBetween(1, sent).endsWith(false).containsOnlyOnce(false);
        return calls.subList(sent, calls.size());
    }

    private Map<ResyncResult, Long> resync() {
        return await(WholeResync.of(counted.replica().resync(), (id, failure) -> {
            throw new AssertionError("the turn of " + id + " failed", failure);
        }));
    }

    private static Map<String, Long> tallied(List<String> calls) {
        return calls.stream().collect(groupingBy(Function.identity(), counting()));
    }
}
