package dev.linkedrole.ledger.dynamodb.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.RecordResult;
import dev.linkedrole.role.model.Decision;
import dev.linkedrole.role.model.RoleDescription;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Instance;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Events under a recorded id, some of them recorded before there were digests. */
class HistoryItemTest {

    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/one";
    private static final String OTHER = "arn:aws:kinesis:us-west-2:111122223333:stream/two";

    private final Instance instance = Instance.random();

    @Test
    void an_event_that_says_the_same_is_a_duplicate() {
        List.of(
                        instance.created(1),
                        instance.deleted(1),
                        instance.enabled(1, "agent-events", STREAM),
                        instance.disabled(1, "agent-events", STREAM),
                        instance.disabled(1, "agent-events"),
                        described(instance.created(1), "one"))
                .forEach(event -> {
                    assertThat(HistoryItem.again(recorded(event), event)).isEqualTo(RecordResult.DUPLICATE);
                    assertThat(HistoryItem.again(withoutDigest(recorded(event)), event))
                            .isEqualTo(RecordResult.DUPLICATE);
                });
    }

    @Test
    void one_resource_more_is_told_by_the_digest() {
        RoleEvent first = instance.enabled(1, "agent-events", STREAM);

        assertReused(recorded(first), enabled(first, "agent-events", STREAM, OTHER));
    }

    @Test
    void what_was_recorded_before_digests_is_told_by_type_time_and_grants() {
        // Given
        RoleEvent first = instance.enabled(1, "agent-events", STREAM);
        Map<String, AttributeValue> recorded = withoutDigest(recorded(first));

        // Then
        assertReused(recorded, enabled(first, "agent-events", OTHER));
        assertReused(recorded, enabled(first, "call-recordings", STREAM));
        assertReused(recorded, described(first, "one"));
        assertReused(
                recorded,
                new RoleEvent.FeatureEnabled(
                        first.eventId(), first.instance(), first.time().plusNanos(1), "agent-events", Set.of(STREAM)));
    }

    @Test
    void of_a_withdrawal_before_digests_the_feature_is_compared() {
        // Given
        RoleEvent first = instance.disabled(2, "agent-events");
        Map<String, AttributeValue> recorded = withoutDigest(recorded(first));

        // Then
        assertReused(
                recorded,
                new RoleEvent.FeatureDisabled(
                        first.eventId(), first.instance(), first.time(), "call-recordings", Set.of()));
        assertReused(
                recorded,
                new RoleEvent.FeatureDisabled(
                        first.eventId(), first.instance(), first.time(), "agent-events", Set.of(OTHER)));
    }

    @Test
    void of_a_description_before_digests_its_text_is_compared() {
        // Given
        RoleEvent first = described(instance.created(1), "one");

        assertReused(withoutDigest(recorded(first)), described(first, "two"));
    }

    private static void assertReused(Map<String, AttributeValue> recorded, RoleEvent event) {
        Instant time = Attributes.time(recorded, Attributes.EVENT_TIME);
        assertThat(HistoryItem.again(recorded, event)).isEqualTo(new RecordResult.IdReused(time));
    }

    /** Returns the item of an event for a role that has the stream enabled, or gets it. */
    private Map<String, AttributeValue> recorded(RoleEvent event) {
        List<RoleEvent> before = event instanceof RoleEvent.FeatureDisabled
                ? List.of(instance.created(0), instance.enabled(0, "agent-events", STREAM))
                : List.of(instance.created(0));
        return HistoryItem.of(event, Decision.of(instance.after(before), event), 2, event.time());
    }

    private static Map<String, AttributeValue> withoutDigest(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> older = new HashMap<>(item);
        older.remove(Attributes.DIGEST);
        return older;
    }

    private static RoleEvent enabled(RoleEvent like, String feature, String... resources) {
        return new RoleEvent.FeatureEnabled(like.eventId(), like.instance(), like.time(), feature, Set.of(resources));
    }

    private static RoleEvent described(RoleEvent like, String text) {
        return new RoleEvent.DescriptionEdited(like.eventId(), like.instance(), like.time(), new RoleDescription(text));
    }
}
