package dev.linkedrole.ledger;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.model.Decision;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.SharedTable;
import dev.linkedrole.testing.aws.OnEachAws;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several processes record events of one instance at once: each event is recorded, and once. */
@OnEachAws
@Tag("aws")
class ConcurrentRecordersTest {

    private static final int RECORDERS = 16;

    private final Ledger ledger = SharedTable.ledger();
    private final Instance instance = Instance.random();

    @Test
    void each_of_many_events_at_once_is_recorded_exactly_once() {
        // Given events that all change something
        List<RoleEvent> events = IntStream.range(0, RECORDERS)
                .mapToObj(
                        i -> instance.enabled(i, "agent-events", "arn:aws:kinesis:us-west-2:111122223333:stream/s" + i))
                .toList();

        // When each is recorded by two at once
        List<RecordResult> recordings = await(Multi.createFrom()
                .items(Stream.of("first", "second").flatMap(recorder -> events.stream()))
                .onItem()
                .transformToUni(this::recordUntilDone)
                .merge(2 * RECORDERS));

        // Then one of the two was first
        assertThat(recordings).filteredOn(RecordResult.RECORDED::equals).hasSize(RECORDERS);
        assertThat(recordings).filteredOn(RecordResult.DUPLICATE::equals).hasSize(RECORDERS);
        RoleRecord record = await(ledger.load(instance.id())).orElseThrow();
        assertThat(record.revision()).isEqualTo(RECORDERS);
        assertThat(record.role()).isEqualTo(instance.after(events));
        assertThat(await(ledger.history(instance.id()))).hasSize(RECORDERS);
    }

    private Uni<RecordResult> recordUntilDone(RoleEvent event) {
        return ledger.load(instance.id())
                .map(found -> found.orElseGet(() -> RoleRecord.blank(instance.arn())))
                .flatMap(before -> ledger.record(before, event, Decision.of(before.role(), event), Instant.now()))
                .flatMap(recording -> recording.equals(RecordResult.CONFLICT)
                        ? recordUntilDone(event)
                        : Uni.createFrom().item(recording));
    }
}
