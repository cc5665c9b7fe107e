package dev.linkedrole.ledger.imports;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.imports.LocationProgress.Counts;
import dev.linkedrole.testing.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of imports, for DynamoDB and for the model. Other imports may be in the same store. */
@SuppressWarnings("this-escape") // imports() of a subclass uses no state of its own
public abstract class ImportsContract {

    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00.000001Z");
    private static final ImportLocation WEST = new ImportLocation("111122223333", "us-west-2");
    private static final ImportLocation EAST = new ImportLocation("111122223333", "us-east-1");

    private final Imports imports = imports();
    private final String id = id();

    /** Returns the imports of a replica; all replicas of the test use the same store. */
    public abstract Imports imports();

    private static String id() {
        return "2026-" + UUID.randomUUID();
    }

    @Test
    void an_import_is_found_as_it_was_requested() {
        ImportRecord requested = requested(id);

        assertThat(await(imports.add(requested))).isTrue();

        assertThat(await(imports.get(id))).contains(requested);
        assertThat(await(imports.get(id()))).isEmpty();
        end(id);
    }

    @Test
    void no_second_import_has_its_id() {
        await(imports.add(requested(id)));

        assertThat(await(imports.add(requested(id)))).isFalse();
        end(id);
    }

    @Test
    void the_newest_imports_are_listed_first() {
        List<String> ids = IntStream.range(0, 3)
                .mapToObj(i -> "9999-" + i + "-" + UUID.randomUUID())
                .toList();
        ids.forEach(each -> {
            await(imports.add(requested(each)));
            end(each);
        });

        List<String> listed =
                await(imports.newest(1_000)).stream().map(ImportRecord::id).toList();

        assertThat(listed).isSortedAccordingTo(Collections.reverseOrder());
        assertThat(listed.stream().filter(ids::contains)).containsExactlyElementsOf(ids.reversed());
        assertThat(await(imports.newest(2))).hasSize(2);
    }

    @Test
    void an_import_runs_until_it_is_ended_once() {
        // Given
        await(imports.add(requested(id)));
        assertThat(running()).contains(id);

        // When
        await(imports.end(id, ImportRecord.State.FAILED, NOW));
        await(imports.end(id, ImportRecord.State.DONE, NOW.plusSeconds(1)));

        // Then
        assertThat(running()).doesNotContain(id);
        assertThat(await(imports.get(id))).contains(requested(id).ended(ImportRecord.State.FAILED, NOW));
    }

    @Test
    void only_so_many_imports_run_at_once() {
        // Given
        List<String> added = new ArrayList<>();
        for (int i = running().size(); i < Imports.MAX_RUNNING; i++) {
            String next = id();
            assertThat(await(imports.add(requested(next)))).isTrue();
            added.add(next);
        }

        // Then
        assertThat(await(imports.add(requested(id)))).isFalse();
        assertThat(await(imports.get(id))).isEmpty();

        // And when one has ended
        added.forEach(this::end);
        assertThat(await(imports.add(requested(id)))).isTrue();
        end(id);
    }

    @Test
    void progress_is_written_only_on_what_was_read() {
        // Given
        LocationProgress begun = LocationProgress.waiting(WEST).begun(NOW);
        assertThat(await(imports.save(id, begun))).isTrue();

        // When
        LocationProgress next = begun.counted(7)
                .through(Optional.of("page"), Instance.random().id(), Counts.NONE.plus(2, true, true), NOW);
        LocationProgress skipped = next.delayed("throttled");

        // Then
        assertThat(await(imports.save(id, begun))).isFalse();
        assertThat(await(imports.save(id, skipped))).isFalse();
        assertThat(await(imports.progress(id))).containsExactly(begun);
    }

    @Test
    void progress_is_read_as_it_was_written() {
        // Given
        LocationProgress begun = LocationProgress.waiting(WEST).begun(NOW);
        LocationProgress counted = begun.counted(7);
        LocationProgress through = counted.through(
                Optional.of("page"),
                Instance.random().id(),
                counted.counts().plus(2, true, true),
                NOW.plus(Duration.ofNanos(1_000)));
        LocationProgress delayed = through.delayed("throttled");
        List<LocationProgress> steps = List.of(
                begun,
                counted,
                through,
                delayed,
                delayed.begun(NOW.plusSeconds(1)),
                delayed.begun(NOW.plusSeconds(1)).failed("no role", NOW.plusSeconds(2)));

        // Then
        steps.forEach(step -> {
            assertThat(await(imports.save(id, step))).isTrue();
            assertThat(await(imports.progress(id))).containsExactly(step);
        });

        // And other locations are apart
        LocationProgress east = LocationProgress.waiting(EAST).begun(NOW);
        await(imports.save(id, east));
        assertThat(await(imports.progress(id))).containsExactly(east, steps.getLast());
        assertThat(await(imports.progress(id()))).isEmpty();
    }

    @Test
    void findings_come_page_by_page_and_the_last_about_an_instance_stays() {
        // Given
        List<Finding> findings = IntStream.range(0, 5)
                .mapToObj(i -> new Finding(WEST, "arn:" + i, List.of("event"), List.of()))
                .toList();
        findings.forEach(finding -> await(imports.keep(id, finding)));
        Finding again = new Finding(WEST, "arn:1", List.of(), List.of("a note"));
        await(imports.keep(id, again));

        // When
        List<Finding> read = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            Finding.Page page = await(imports.findings(id, next, 2));
            read.addAll(page.findings());
            next = page.next();
        } while (next.isPresent());

        // Then
        assertThat(read).containsExactly(findings.get(0), again, findings.get(2), findings.get(3), findings.get(4));
        assertThat(await(imports.findings(id(), Optional.empty(), 2)))
                .isEqualTo(new Finding.Page(List.of(), Optional.empty()));
    }

    private static ImportRecord requested(String id) {
        return ImportRecord.requested(id, NOW, List.of(EAST, WEST), true);
    }

    private List<String> running() {
        return await(imports.running()).stream().map(ImportRecord::id).toList();
    }

    private void end(String ended) {
        await(imports.end(ended, ImportRecord.State.DONE, NOW));
    }
}
