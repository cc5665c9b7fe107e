package dev.linkedrole.ledger;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.fingerprint.RoleComponent;
import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.identity.RoleIdentity;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.Decision;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.GrantWrite;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.packing.Placement;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.plan.Difference;
import dev.linkedrole.role.plan.RepairCounts;
import dev.linkedrole.testing.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of ledgers, for DynamoDB and for the model. */
@SuppressWarnings("this-escape") // ledger() of a subclass uses no state of its own
public abstract class LedgerContract {

    private static final String STREAM = "arn:aws:firehose:us-west-2:111122223333:deliverystream/one";
    private static final Grant GRANT = Grant.of("agent-events", STREAM);
    private static final String ARN = "arn:aws:iam::111122223333:role/linked-role/connect.amazonaws.com/some";

    private static final RoleFingerprint FOOTPRINT = new RoleFingerprint(new TreeMap<>(Map.of(
            new RoleComponent.Trust(), "t1",
            new RoleComponent.Inline("linked-role"), "p1",
            new RoleComponent.Managed(new PolicySlot(2)), "p2")));

    private static final Placement PLACEMENT = new Placement(new TreeMap<>(Map.of(
            PolicySlot.INLINE,
            new TreeSet<>(Set.of("aaaaaaaaaaa", "-_aaaaaaaaa")),
            new PolicySlot(2),
            new TreeSet<>(Set.of("ccccccccccc")))));

    private final Ledger ledger = ledger();
    private final Instance instance = Instance.random();

    /** Returns an empty ledger, or one without this test's instances. */
    public abstract Ledger ledger();

    @Test
    void nothing_is_known_of_an_instance_before_its_first_event() {
        assertThat(await(ledger.load(instance.id()))).isEmpty();
        assertThat(await(ledger.history(instance.id()))).isEmpty();
    }

    @Test
    void an_event_is_recorded_with_the_state_it_leads_to() {
        // When
        RoleEvent created = instance.created(0);
        assertThat(record(blank(), created, 1)).isEqualTo(RecordResult.RECORDED);

        // Then
        RoleRecord record = load();
        assertThat(record.role()).isEqualTo(instance.after(List.of(created)));
        assertThat(record.revision()).isEqualTo(1);
        assertThat(record.appliedRevision()).isZero();
        assertThat(record.applied()).isEmpty();
        assertThat(record.roleArn()).isEmpty();
        assertThat(record.conditions()).isEmpty();
        assertThat(record.changedAt()).isEqualTo(at(1));
    }

    @Test
    void a_second_event_with_the_same_id_and_source_is_a_duplicate() {
        // Given
        RoleEvent created = instance.created(0);
        record(blank(), created, 1);
        RoleRecord before = load();

        // Then it is one on top of the newest record
        assertThat(record(before, created, 2)).isEqualTo(RecordResult.DUPLICATE);
        // And on top of one that is not the newest, which says both
        assertThat(record(blank(), created, 3)).isEqualTo(RecordResult.DUPLICATE);
        assertThat(load()).isEqualTo(before);
        assertThat(await(ledger.history(instance.id()))).hasSize(1);
    }

    @Test
    void a_rejected_event_is_in_the_history_once_beside_what_was_recorded() {
        // Given
        record(blank(), instance.created(0), 1);
        RoleRecord before = load();
        HistoryEntry.EventRejected rejected = rejected(new EventId("7f1d", "acme"), 2);

        // When
        await(ledger.noteRejected(instance.id(), rejected(rejected.event(), 1)));
        await(ledger.noteRejected(instance.id(), rejected));

        // Then
        assertThat(await(ledger.history(instance.id()))).hasSize(2).contains(rejected);
        assertThat(load()).isEqualTo(before);
    }

    @Test
    void of_a_flood_of_rejected_events_as_many_are_kept_as_there_are_places() {
        // When
        for (int i = 0; i < 5 * Ledger.MAX_REJECTED; i++) {
            await(ledger.noteRejected(instance.id(), rejected(new EventId("id-" + i, "acme"), i)));
        }

        // Then
        List<HistoryEntry> history = await(ledger.history(instance.id()));
        assertThat(history).hasSizeBetween(Ledger.MAX_REJECTED / 2, Ledger.MAX_REJECTED);
        assertThat(await(ledger.load(instance.id()))).isEmpty();
    }

    private static HistoryEntry.EventRejected rejected(EventId event, int second) {
        return new HistoryEntry.EventRejected(
                at(second), 1, event, Optional.of("feature-enabled"), "unknown-feature", "data.feature is unknown");
    }

    @Test
    void another_event_with_the_id_of_a_recorded_one_is_told_from_it() {
        // Given
        RoleEvent created = instance.created(5);
        record(blank(), created, 1);
        RoleRecord before = load();

        // Then it is no duplicate if it changes something
        assertThat(record(before, grant(created, 7), 2)).isEqualTo(new RecordResult.IdReused(created.time()));
        // And if it changes nothing
        RoleEvent older = new RoleEvent.InstanceCreated(
                created.eventId(), instance.arn(), created.time().minusSeconds(1), "acme-support");
        assertThat(record(before, older, 3)).isEqualTo(new RecordResult.IdReused(created.time()));
        // And beside another event, which is then to be decided again
        assertThat(record(before, List.of(instance.enabled(8, "agent-events", STREAM), grant(created, 7)), 4))
                .containsExactly(RecordResult.CONFLICT, new RecordResult.IdReused(created.time()));
        assertThat(load()).isEqualTo(before);
        assertThat(await(ledger.history(instance.id()))).hasSize(1);
    }

    private RoleEvent grant(RoleEvent other, int second) {
        return new RoleEvent.FeatureEnabled(
                other.eventId(), instance.arn(), Instance.START.plusSeconds(second), "agent-events", Set.of(STREAM));
    }

    @Test
    void a_decision_on_an_old_record_is_a_conflict_and_changes_nothing() {
        // Given
        record(blank(), instance.created(0), 1);
        RoleRecord before = load();

        // Then
        assertThat(record(blank(), instance.created(1), 2)).isEqualTo(RecordResult.CONFLICT);
        assertThat(load()).isEqualTo(before);
        assertThat(await(ledger.history(instance.id()))).hasSize(1);

        // And when more was recorded
        record(before, instance.deleted(9), 3);
        assertThat(record(before, instance.enabled(1, "agent-events", STREAM), 4))
                .isEqualTo(RecordResult.CONFLICT);
    }

    @Test
    void an_event_that_says_nothing_new_is_in_the_history_and_changes_no_state() {
        // Given
        record(blank(), instance.deleted(0), 1);
        RoleRecord deleted = load();

        // When
        assertThat(record(
                        deleted,
                        instance.enabled(1, "agent-events", "arn:aws:kinesis:us-west-2:111122223333:stream/one"),
                        2))
                .isEqualTo(RecordResult.RECORDED);

        // Then
        assertThat(load()).isEqualTo(deleted);
        assertThat(await(ledger.history(instance.id())))
                .last()
                .isInstanceOfSatisfying(
                        HistoryEntry.EventRecorded.class,
                        entry -> assertThat(entry.effect()).isEqualTo(Decision.Effect.SUPERSEDED));
    }

    @Test
    void the_name_that_iam_gave_a_role_is_known_before_anything_is_applied() {
        // Given
        record(blank(), instance.created(0), 1);
        RoleRecord before = load();

        // When
        await(ledger.name(instance.id(), ARN));

        // Then
        RoleRecord record = load();
        assertThat(record.roleArn()).contains(ARN);
        assertThat(record.roleName()).contains(ARN.substring(ARN.lastIndexOf('/') + 1));
        assertThat(record.role()).isEqualTo(before.role());
        assertThat(record.settled()).isFalse();
        assertThat(await(ledger.pending())).contains(instance.id());
    }

    @Test
    void what_was_applied_is_known_and_no_longer_pending() {
        // Given
        record(blank(), instance.created(0), 1);
        RoleRecord before = load();
        assertThat(await(ledger.pending())).contains(instance.id());

        // When
        assertThat(await(ledger.markApplied(before, applied(2)))).isTrue();

        // Then
        RoleRecord record = load();
        assertThat(record.settled()).isTrue();
        assertThat(record.applied()).contains(FOOTPRINT);
        assertThat(record.placement()).isEqualTo(PLACEMENT);
        assertThat(record.roleName()).contains(instance.roleName().value());
        assertThat(record.roleArn()).contains(ARN);
        assertThat(record.role()).isEqualTo(before.role());
        assertThat(await(ledger.pending())).doesNotContain(instance.id());
        assertThat(await(ledger.all())).contains(instance.id());
    }

    @Test
    void recently_pending_roles_are_told_from_all_others() {
        // Given
        record(blank(), instance.created(0), 30);

        // Then it is of just now within half a minute of it, on either side
        Duration half = Duration.ofSeconds(30);
        assertThat(await(ledger.pending(RecentWindow.around(at(0), half)))).doesNotContain(instance.id());
        assertThat(await(ledger.pending(RecentWindow.around(at(60), half)))).doesNotContain(instance.id());
        assertThat(await(ledger.pending(RecentWindow.around(at(61), half)))).contains(instance.id());

        // And it is not if it is further ahead than that
        assertThat(await(ledger.pending(RecentWindow.around(at(-1), half)))).contains(instance.id());
        assertThat(await(ledger.pending(RecentWindow.around(at(-36_000), half))))
                .contains(instance.id());
    }

    @Test
    void what_is_reserved_only_grows_and_is_kept_whatever_else_is_recorded() {
        // Given
        record(blank(), instance.created(0), 1);
        RoleRecord before = load();
        assertThat(before.slots()).isZero();

        // When
        await(ledger.reserve(before, ARN, 2));
        await(ledger.reserve(before, ARN, 1));

        // Then
        assertThat(load().slots()).isEqualTo(2);
        assertThat(load().roleArn()).contains(ARN);

        // And
        await(ledger.markApplied(before, applied(2)));
        record(load(), instance.deleted(9), 3);
        await(ledger.reserve(before, ARN, 10));
        assertThat(load().slots()).isEqualTo(10);
    }

    @Test
    void what_is_disabled_is_known_to_whoever_asks_for_it_by_name() {
        // Given
        record(blank(), instance.created(0), 1);
        record(load(), instance.enabled(1, "agent-events", STREAM), 2);
        RoleEvent disabled = instance.disabled(5, "agent-events", STREAM);
        record(load(), disabled, 3);

        // Then the state alone does not have it
        assertThat(load().role().grantWrites()).isEmpty();
        assertThat(load(disabled).role().disabled())
                .containsExactly(Map.entry(GRANT, new GrantWrite(disabled.time(), false)));

        // And a grant that comes late changes nothing, while a later one does
        RoleEvent late = instance.enabled(4, "agent-events", STREAM);
        assertThat(Decision.of(load(late).role(), late).effect()).isEqualTo(Decision.Effect.SUPERSEDED);
        RoleEvent later = instance.enabled(6, "agent-events", STREAM);
        record(load(later), later, 4);
        assertThat(load().role().enabled()).containsExactly(GRANT);
        assertThat(load(later).role().enabled()).containsExactly(GRANT);
    }

    @Test
    void any_number_of_grants_is_disabled_at_once_and_known_by_name() {
        // Given more than a transaction has room for, none of which was ever enabled
        record(blank(), instance.created(0), 1);
        RoleEvent many = instance.disabled(5, "agent-events", streams(0, 120));
        assertThat(record(load(many), many, 2)).isEqualTo(RecordResult.RECORDED);
        RoleEvent others = instance.disabled(6, "agent-events", streams(100, 220));
        assertThat(record(load(others), others, 3)).isEqualTo(RecordResult.RECORDED);

        // Then
        assertThat(load().role().grantWrites()).isEmpty();
        assertThat(load(many).role().disabled()).hasSize(120);
        RoleEvent few = instance.enabled(4, "agent-events", streams(99, 101));
        assertThat(load(few).role().disabled().values())
                .containsExactly(new GrantWrite(others.time(), false), new GrantWrite(many.time(), false));
        RoleEvent all = instance.enabled(4, "agent-events", streams(0, 220));
        assertThat(Decision.of(load(all).role(), all).effect()).isEqualTo(Decision.Effect.SUPERSEDED);
    }

    private static String[] streams(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> STREAM + i).toArray(String[]::new);
    }

    private RoleRecord load(RoleEvent event) {
        return await(ledger.load(instance.id(), LinkedRole.named(event))).orElseThrow();
    }

    @Test
    void nothing_is_applied_once_the_revision_has_moved_on() {
        // Given
        record(blank(), instance.created(0), 1);
        RoleRecord before = load();
        record(before, instance.deleted(9), 2);
        RoleRecord newer = load();

        // Then
        assertThat(await(ledger.markApplied(before, applied(3)))).isFalse();
        assertThat(load()).isEqualTo(newer);
        assertThat(await(ledger.history(instance.id()))).noneMatch(HistoryEntry.RevisionApplied.class::isInstance);
    }

    @Test
    void recording_after_applying_keeps_what_was_applied_and_is_pending_again() {
        // Given a record that was decided on before, and written after, the role was applied
        record(blank(), instance.created(0), 1);
        RoleRecord before = load();
        await(ledger.markApplied(before, applied(2)));

        // When
        assertThat(record(before, instance.enabled(1, "agent-events", STREAM), 3))
                .isEqualTo(RecordResult.RECORDED);

        // Then
        RoleRecord record = load();
        assertThat(record.revision()).isEqualTo(2);
        assertThat(record.appliedRevision()).isEqualTo(1);
        assertThat(record.applied()).contains(FOOTPRINT);
        assertThat(await(ledger.pending())).contains(instance.id());
    }

    @Test
    void a_role_that_is_held_is_pending_with_its_condition_until_it_is_applied() {
        // Given
        record(blank(), instance.created(0), 1);
        await(ledger.setCondition(load(), condition("at first", 2)));

        // When it goes on
        await(ledger.setCondition(load(), condition("still", 5)));

        // Then it is as old as it was when it began
        assertThat(load().conditions()).containsExactly(condition("still", 2));
        assertThat(await(ledger.pending())).contains(instance.id());

        // And when it is over
        await(ledger.markApplied(load(), applied(6)));
        assertThat(load().conditions()).isEmpty();
        assertThat(await(ledger.pending())).doesNotContain(instance.id());
    }

    @Test
    void a_settled_role_that_is_held_is_pending_again() {
        // Given
        record(blank(), instance.created(0), 1);
        await(ledger.markApplied(load(), applied(2)));

        // When
        await(ledger.setCondition(load(), condition("revoked", 3)));

        // Then
        assertThat(load().settled()).isTrue();
        assertThat(load().conditions()).containsExactly(condition("revoked", 3));
        assertThat(await(ledger.pending())).contains(instance.id());
    }

    @Test
    void a_settled_role_that_had_no_room_for_more_is_not_pending() {
        // Given
        record(blank(), instance.created(0), 1);
        await(ledger.markApplied(load(), applied(2)));
        Condition full = new Condition(Condition.Type.PolicyTooLarge, "by three characters", at(3));

        // When
        await(ledger.setCondition(load(), full));

        // Then trying again would mend nothing
        assertThat(load().conditions()).containsExactly(full);
        assertThat(await(ledger.pending())).doesNotContain(instance.id());
    }

    @Test
    void a_role_that_got_halfway_is_known_as_it_is_and_stays_pending() {
        // Given
        record(blank(), instance.created(0), 1);
        AppliedChange done = applied(2);
        AppliedChange halfway = new AppliedChange(
                done.role(),
                done.roleArn(),
                done.fingerprint(),
                done.placement(),
                done.steps(),
                List.of(condition("refused", 2)),
                true,
                done.at(),
                Optional.empty(),
                List.of(),
                false,
                RepairCounts.NONE);

        // When
        boolean newest = await(ledger.setCondition(load(), halfway));

        // Then
        assertThat(newest).isTrue();
        RoleRecord held = load();
        assertThat(held.settled()).isFalse();
        assertThat(held.applied()).isEqualTo(done.fingerprint());
        assertThat(held.placement()).isEqualTo(done.placement());
        assertThat(held.roleArn()).isEqualTo(done.roleArn());
        assertThat(held.conditions()).isEqualTo(halfway.conditions());
        assertThat(await(ledger.pending())).contains(instance.id());

        // And not once more is recorded
        record(held, instance.deleted(9), 3);
        RoleRecord newer = load();
        assertThat(await(ledger.setCondition(held, halfway))).isFalse();
        assertThat(load()).isEqualTo(newer);
    }

    @Test
    void nothing_is_held_once_the_revision_has_moved_on() {
        // Given
        record(blank(), instance.created(0), 1);
        RoleRecord before = load();
        record(before, instance.deleted(9), 2);
        RoleRecord newer = load();

        // When
        await(ledger.setCondition(before, condition("too late", 3)));

        // Then
        assertThat(load()).isEqualTo(newer);
    }

    @Test
    void the_history_tells_what_came_and_what_was_done_in_its_order() {
        // Given
        RoleEvent created = instance.created(5);
        RoleEvent enabled = instance.enabled(1, "agent-events", STREAM);

        // When
        record(blank(), enabled, 1);
        record(load(), created, 2);
        await(ledger.markApplied(load(), applied(3)));
        record(load(), instance.disabled(6, "agent-events"), 4);

        // Then
        Grant grant = Grant.of("agent-events", STREAM);
        List<HistoryEntry> history = await(ledger.history(instance.id()));
        assertThat(history).extracting(HistoryEntry::at).containsExactly(at(1), at(2), at(3), at(4));
        assertThat(history).extracting(HistoryEntry::revision).containsExactly(1L, 2L, 2L, 3L);
        assertThat(history.get(0)).isInstanceOfSatisfying(HistoryEntry.EventRecorded.class, entry -> {
            assertThat(entry.event()).isEqualTo(enabled.eventId());
            assertThat(entry.type()).isEqualTo("feature-enabled");
            assertThat(entry.time()).isEqualTo(enabled.time());
            assertThat(entry.effect()).isEqualTo(Decision.Effect.REMEMBERED);
            assertThat(entry.granted()).isEmpty();
        });
        assertThat(history.get(1))
                .isInstanceOfSatisfying(
                        HistoryEntry.EventRecorded.class,
                        entry -> assertThat(entry.granted()).containsExactly(grant, Grant.BASE));
        assertThat(history.get(2)).isEqualTo(new HistoryEntry.RevisionApplied(at(3), 2, List.of("created the role")));
        assertThat(history.get(3))
                .isInstanceOfSatisfying(
                        HistoryEntry.EventRecorded.class,
                        entry -> assertThat(entry.taken()).containsExactly(grant));
    }

    @Test
    void a_repair_of_a_revision_that_was_applied_before_is_a_line_of_its_own() {
        // Given
        record(blank(), instance.created(0), 1);
        await(ledger.markApplied(load(), applied(2)));

        // When
        Difference drift = new Difference("inline:extra", Difference.Kind.EXTRA, List.of(), List.of("Allow sqs:*: *"));
        await(ledger.markApplied(load(), applied(3, List.of(drift), false, RepairCounts.NONE)));

        // Then
        assertThat(await(ledger.history(instance.id())))
                .filteredOn(HistoryEntry.RevisionApplied.class::isInstance)
                .containsExactly(
                        new HistoryEntry.RevisionApplied(at(2), 1, applied(2).steps()),
                        new HistoryEntry.RevisionApplied(at(3), 1, applied(3).steps(), List.of(drift)));
    }

    @Test
    void a_role_keeps_the_identity_that_it_was_first_recorded_with() {
        // Given
        RoleIdentity first = new RoleIdentity(instance.roleName(), "/one/", "owner");
        RoleIdentity other = new RoleIdentity(new RoleName("Other"), "/two/", "another");
        record(blank().with(first), instance.created(0), 1);
        assertThat(load().identity()).contains(first);

        // When
        record(
                load().with(other),
                instance.enabled(1, "agent-events", "arn:aws:kinesis:us-west-2:111122223333:stream/one"),
                2);
        await(ledger.markApplied(load().with(other), applied(3)));

        // Then
        assertThat(load().identity()).contains(first);
    }

    @Test
    void a_record_of_before_gets_its_identity_when_it_is_applied() {
        // Given
        record(blank(), instance.created(0), 1);
        assertThat(load().identity()).isEmpty();

        // When
        RoleIdentity identity = new RoleIdentity(instance.roleName(), "/one/", "owner");
        await(ledger.markApplied(load().with(identity), applied(2)));

        // Then
        assertThat(load().identity()).contains(identity);
    }

    @Test
    void repairs_in_a_row_are_known_until_they_are_applied_away() {
        // Given
        RepairCounts repairs = new RepairCounts(new TreeMap<>(Map.of(
                "tags", new RepairCounts.Run(2, at(1), at(2)),
                "inline:linked-role", new RepairCounts.Run(1, at(2), at(2)))));
        record(blank(), instance.created(0), 1);
        assertThat(load().repairs()).isEqualTo(RepairCounts.NONE);

        // When
        await(ledger.markApplied(load(), applied(2, List.of(), false, repairs)));

        // Then
        assertThat(load().repairs()).isEqualTo(repairs);

        // And whatever else is recorded
        record(load(), instance.enabled(1, "agent-events", STREAM), 3);
        await(ledger.setCondition(load(), new Condition(Condition.Type.RefusedByIam, "denied", at(4))));
        await(ledger.reserve(load(), ARN, 3));
        assertThat(load().repairs()).isEqualTo(repairs);

        // And until none are left
        await(ledger.markApplied(load(), applied(5)));
        assertThat(load().repairs()).isEqualTo(RepairCounts.NONE);
    }

    @Test
    void what_was_done_because_of_settings_says_so() {
        // Given
        record(blank(), instance.created(0), 1);

        // When
        await(ledger.markApplied(load(), applied(2, List.of(), true, RepairCounts.NONE)));

        // Then
        assertThat(await(ledger.history(instance.id())))
                .contains(new HistoryEntry.RevisionApplied(at(2), 1, applied(2).steps(), List.of(), true));
    }

    @Test
    void what_an_adoption_replaces_is_in_the_history() {
        // Given
        SortedMap<String, String> had = new TreeMap<>(Map.of("trust", "{}", "theirs", "{\"a\":1}"));

        // When
        record(blank(), new RoleEvent.RoleAdopted(new EventId("a1", "tests"), instance.arn(), at(0), had), 1);

        // Then
        assertThat(await(ledger.history(instance.id())))
                .singleElement()
                .isInstanceOfSatisfying(
                        HistoryEntry.EventRecorded.class,
                        adopted -> assertThat(adopted.replaced()).isEqualTo(had));
    }

    private RoleRecord blank() {
        return RoleRecord.blank(instance.arn());
    }

    private RoleRecord load() {
        return await(ledger.load(instance.id())).orElseThrow();
    }

    private RecordResult record(RoleRecord before, RoleEvent event, int second) {
        return await(ledger.record(before, event, Decision.of(before.role(), event), at(second)));
    }

    private List<RecordResult> record(RoleRecord before, List<RoleEvent> events, int second) {
        List<DecidedEvent> decided = events.stream()
                .map(event -> new DecidedEvent(event, Decision.of(before.role(), event)))
                .toList();
        return await(ledger.record(before, decided, at(second)));
    }

    private AppliedChange applied(int second) {
        return applied(second, List.of(), false, RepairCounts.NONE);
    }

    private AppliedChange applied(int second, List<Difference> drift, boolean settingsChanged, RepairCounts repairs) {
        return new AppliedChange(
                instance.roleName(),
                Optional.of(ARN),
                Optional.of(FOOTPRINT),
                PLACEMENT,
                List.of("created the role"),
                List.of(),
                true,
                at(second),
                Optional.empty(),
                drift,
                settingsChanged,
                repairs);
    }

    private static Condition condition(String detail, int second) {
        return new Condition(Condition.Type.RoleNameTaken, detail, at(second));
    }

    private static Instant at(int second) {
        return Instant.parse("2026-11-24T00:00:00.000001Z").plusSeconds(second);
    }
}
