package dev.linkedrole.connect.imports;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linkedrole.connect.ReadScope;
import dev.linkedrole.connectmodel.ApiModel;
import dev.linkedrole.connectmodel.ModelAnswer;
import dev.linkedrole.connectmodel.ModelConnect;
import dev.linkedrole.connectmodel.ModelInstance;
import dev.linkedrole.connectmodel.ModelRequest;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.ledger.imports.ImportRecord;
import dev.linkedrole.ledger.imports.LocationProgress;
import dev.linkedrole.ledger.imports.LocationProgress.Counts;
import dev.linkedrole.role.model.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Import of a large fleet in virtual time: its duration, the instances that it holds at once, and a failing account. */
class LargeImportTest {

    private static final int ACCOUNTS = 10;

    /** Instances of each account. {@code make simulate WORLD=import} has 1,000. */
    private static final int FLEET = Integer.getInteger("import.instances", 200) / ACCOUNTS;

    private static final String FAILING = "444455556666";

    /** Requests that the failing account answers: fewer than its instances take. */
    private static final int ANSWERED = 5 * FLEET;

    private static final List<String> HEALTHY =
            IntStream.range(0, ACCOUNTS).mapToObj(i -> "11112222333" + i).toList();

    private final ImportWorld world = new ImportWorld();
    private final SortedSet<String> attributes = ApiModel.get().values("InstanceAttributeType");

    @Test
    void ten_accounts_are_imported_in_nearly_the_time_that_the_rate_allows() {
        // Given ten accounts, and one that fails on the way
        HEALTHY.forEach(account -> world.fleet(account, FLEET, this::withAllAttributes));
        world.fleet(FAILING, FLEET, this::withAllAttributes);
        world.connect.limitRate();
        HeldInstances held = new HeldInstances(world.ledger());
        world.instead = request -> Optional.of(held.answer(request));
        ImportRecord request = world.request(
                false,
                IntStream.rangeClosed(0, ACCOUNTS)
                        .mapToObj(LargeImportTest::account)
                        .toArray(String[]::new));

        // When
        ImportWorld.ImportProcess process = world.process();
        process.until(() ->
                healthy(request).size() == ACCOUNTS && healthy(request).stream().allMatch(LocationProgress::ended));

        // Then every instance of the ten is imported
        assertThat(healthy(request)).extracting(LocationProgress::state).containsOnly(LocationProgress.State.DONE);
        assertThat(healthy(request))
                .extracting(LocationProgress::counts)
                .containsOnly(new Counts(Optional.of((long) FLEET), FLEET, FLEET, FLEET * 2L, 0, FLEET));
        assertThat(await(world.ledger().all().collect().asList())).hasSizeGreaterThanOrEqualTo(ACCOUNTS * FLEET);

        // And in hardly more time than Amazon Connect's rate allows
        Instant end = healthy(request).stream()
                .map(progress -> progress.endedAt().orElseThrow())
                .max(Instant::compareTo)
                .orElseThrow();
        assertThat(Duration.between(request.requestedAt(), end))
                .isBetween(atLeast(), atLeast().multipliedBy(11).dividedBy(10));
        assertThat(world.connect.throttled()).isZero();
        assertThat(world.connect.misfits()).isEmpty();

        // And one instance and one page of each account were in memory at a time
        assertThat(held.mostRead).isEqualTo(1);
        assertThat(held.mostListed).isEqualTo(pageSize());

        // And only the account that does not answer fails
        process.untilEnded(request);
        assertThat(world.state(request)).isEqualTo(ImportRecord.State.FAILED);
        assertThat(failing(request).state()).isEqualTo(LocationProgress.State.FAILED);
        assertThat(failing(request).counts().read()).isBetween(1L, FLEET - 1L);
    }

    private static String account(int index) {
        return index == HEALTHY.size() ? FAILING : HEALTHY.get(index);
    }

    private void withAllAttributes(ModelInstance instance) {
        attributes.stream()
                .filter(type -> !type.equals("CONTACTFLOW_LOGS") && !type.equals("HIGH_VOLUME_OUTBOUND"))
                .forEach(type -> instance.attribute(type, "true"));
    }

    private List<LocationProgress> healthy(ImportRecord request) {
        return world.progress(request).stream()
                .filter(progress -> HEALTHY.contains(progress.location().account()))
                .toList();
    }

    private LocationProgress failing(ImportRecord request) {
        return world.progress(request).stream()
                .filter(progress -> progress.location().account().equals(FAILING))
                .findFirst()
                .orElseThrow();
    }

    private static int pageSize() {
        return ApiModel.get().most("ListInstances", "MaxResults");
    }

    /**
     * Returns the time below which no import can be: two requests a second, five at once. Each instance is listed once,
     * and each of its settings read once, on pages as long as Amazon Connect has them.
     */
    private Duration atLeast() {
        ReadScope scope = world.scope();
        long perInstance = 1
                + scope.storage().size()
                + scope.bots().size()
                + (scope.integrations() ? 1 : 0)
                + pages(attributes.size(), ApiModel.get().most("ListInstanceAttributes", "MaxResults"));
        long requests = pages(FLEET, pageSize()) + FLEET * perInstance;
        return Duration.ofMillis((requests - 5) * 500);
    }

    private static long pages(int items, int size) {
        return Math.ceilDiv(items, size);
    }

    /**
     * Amazon Connect as a network sees it: which instances the importer has asked about and not recorded yet, and which
     * it has listed and not asked about yet.
     */
    private final class HeldInstances {

        private final ObjectMapper json = new ObjectMapper();
        private final Ledger ledger;
        private final Map<String, Set<InstanceId>> listed = new HashMap<>();
        private final Map<String, Set<InstanceId>> read = new HashMap<>();
        private int mostListed;
        private int mostRead;
        private int answeredByFailing;

        HeldInstances(Ledger ledger) {
            this.ledger = ledger;
        }

        ModelAnswer answer(ModelRequest request) {
            String account = ModelConnect.account(request);
            if (account.equals(FAILING) && answeredByFailing++ >= ANSWERED) {
                return ModelAnswer.throttled();
            }
            ModelAnswer answer = world.connect.answer(request);
            String[] path = request.path().split("/", -1);
            if (path.length == 2) {
                list(account, request, answer);
            } else if (path.length == 3) {
                read(account, new InstanceId(path[2]));
            }
            return answer;
        }

        private void list(String account, ModelRequest request, ModelAnswer answer) {
            Set<InstanceId> here = listed.computeIfAbsent(account, first -> new HashSet<>());
            if (!request.query().containsKey("nextToken")) {
                // The instances were counted before, which keeps a number only.
                here.clear();
            }
            try {
                json.readTree(answer.body())
                        .path("InstanceSummaryList")
                        .forEach(instance ->
                                here.add(new InstanceId(instance.path("Id").asText())));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }

        private void read(String account, InstanceId instance) {
            Set<InstanceId> waiting = listed.computeIfAbsent(account, first -> new HashSet<>());
            mostListed = Math.max(mostListed, waiting.size());
            waiting.remove(instance);
            Set<InstanceId> unrecorded = read.computeIfAbsent(account, first -> new HashSet<>());
            unrecorded.removeIf(this::recorded);
            unrecorded.add(instance);
            mostRead = Math.max(mostRead, unrecorded.size());
        }

        private boolean recorded(InstanceId instance) {
            return await(ledger.load(instance))
                    .map(RoleRecord::role)
                    .filter(role -> role.live())
                    .isPresent();
        }
    }
}
