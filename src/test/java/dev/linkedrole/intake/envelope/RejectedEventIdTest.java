package dev.linkedrole.intake.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.intake.OfflineIntake;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Envelopes;
import dev.linkedrole.testing.Instance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ids of rejected events, read from faulty messages. */
class RejectedEventIdTest {

    private final Instance instance = Instance.random();

    @ParameterizedTest
    @EnumSource
    void an_event_and_its_instance_are_told_in_every_envelope(Envelopes wrapping) {
        RoleEvent event = instance.created(0);
        assertThat(RejectedEventId.of(wrapping.wrap(event).toString())).hasValueSatisfying(sender -> {
            assertThat(sender.event().event()).isEqualTo(event.eventId());
            assertThat(sender.about()).contains(instance.id());
        });
    }

    @Test
    void an_outcome_on_a_bus_is_known_by_the_source_that_wrote_it() {
        // Given what answers nothing, lest its answer be led here too
        String outcome = """
                {"version": "0", "id": "b1", "detail-type": "role-updated", "source": "a.bus", "time": "2026-11-23T09:00:01Z",
                 "detail": {"specversion": "1.0", "id": "o1", "source": "linked-role-controller", "type": "role-updated",
                            "time": "2026-11-23T09:00:00Z", "data": {"instanceArn": "%s"}}}""".formatted(instance.arn());

        // Then
        assertThat(RejectedEventId.of(outcome))
                .hasValueSatisfying(
                        sender -> assertThat(sender.event().event().source()).isEqualTo(OfflineIntake.SOURCE));
    }

    @Test
    void what_is_in_unreadable_base64_is_about_its_subject() {
        String body = """
                {"specversion": "1.0", "id": "1", "source": "s", "data_base64": "?", "subject": "%s"}""".formatted(instance.id());
        assertThat(RejectedEventId.of(body))
                .hasValueSatisfying(sender -> assertThat(sender.about()).contains(instance.id()));
    }
}
