package dev.linkedrole.ledger;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.model.Decision;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleDescription;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.SharedTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;

/** Every state of a role is read back as it was written. */
@Tag("aws")
class RoundTripTest {

    private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

    private final Ledger ledger = SharedTable.ledger();

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void every_state_comes_back_as_it_was_recorded(@ForAll("tellings") List<Telling> tellings) {
        // Given
        Instance instance = Instance.random();
        List<RoleEvent> events = new ArrayList<>();
        RoleRecord record = RoleRecord.blank(instance.arn());

        // When
        for (Telling telling : tellings) {
            RoleEvent event = telling.of(instance, events.size());
            events.add(event);
            await(ledger.record(record, event, Decision.of(record.role(), event), Instant.now()));
            Set<Grant> named = events.stream()
                    .flatMap(one -> LinkedRole.named(one).stream())
                    .collect(Collectors.toSet());
            record = await(ledger.load(instance.id(), named)).orElse(record);

            // Then
            assertThat(record.role()).isEqualTo(instance.after(events));
        }
        assertThat(await(ledger.history(instance.id())))
                .extracting(entry -> ((HistoryEntry.EventRecorded) entry).event())
                .containsExactlyElementsOf(
                        events.stream().map(RoleEvent::eventId).toList());
    }

    @Provide
    Arbitrary<List<Telling>> tellings() {
        Arbitrary<Telling> telling = Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(2, "created"),
                                Tuple.of(1, "deleted"),
                                Tuple.of(6, "enabled"),
                                Tuple.of(3, "disabled"),
                                Tuple.of(2, "described"),
                                Tuple.of(1, "adopted"),
                                Tuple.of(1, "released")),
                        // Nanoseconds matter: the later event wins.
                        Arbitraries.longs().between(0, 5_000_000_000L),
                        Arbitraries.strings().ofMaxLength(8).excludeChars('\uD800', '\uDFFF'),
                        Arbitraries.of(
                                        "arn:aws:s3:::acme-recordings/with space/#and$more",
                                        "arn:aws:s3:::acme-recordings",
                                        "arn:aws:kinesis:us-west-2:111122223333:stream/acme")
                                .set()
                                .ofMaxSize(3))
                .as(Telling::new);
        return telling.list().ofMinSize(1).ofMaxSize(8);
    }

    private static String latin(String text) {
        return text.codePoints()
                .mapToObj(c -> Character.toString(c % 2 == 0 ? 0x20 + c % 0x5F : 0xA1 + c % 0x5F))
                .collect(Collectors.joining());
    }

    /** An event of any instance; the ledger does not depend on the catalog. */
    record Telling(String what, long nanos, String text, Set<String> resources) {

        RoleEvent of(Instance instance, int number) {
            EventId id = new EventId(number + text, "source/" + text);
            Instant time = START.plusNanos(nanos);
            return switch (what) {
                case "created" -> new RoleEvent.InstanceCreated(id, instance.arn(), time, text);
                case "deleted" -> new RoleEvent.InstanceDeleted(id, instance.arn(), time);
                case "adopted" -> new RoleEvent.RoleAdopted(id, instance.arn(), time);
                case "released" -> new RoleEvent.RoleReleased(id, instance.arn(), time);
                case "described" ->
                    new RoleEvent.DescriptionEdited(id, instance.arn(), time, new RoleDescription(latin(text)));
                case "enabled" -> new RoleEvent.FeatureEnabled(id, instance.arn(), time, "call-recordings", resources);
                default -> new RoleEvent.FeatureDisabled(id, instance.arn(), time, "call-recordings", resources);
            };
        }
    }
}
