package dev.linkedrole.intake.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.catalog.CatalogFile;
import dev.linkedrole.intake.BadMessage;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.Rejection.Reason;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Envelopes;
import dev.linkedrole.testing.Instance;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoding of messages, and the rejections of those that are invalid. */
class EventDecoderTest {

    private static final String STREAM = "arn:aws:firehose:us-west-2:111122223333:deliverystream/one";

    private final EventDecoder decoder = Defaults.decoder(Defaults.CATALOG);
    private final Instance instance = Instance.random();

    @ParameterizedTest
    @EnumSource
    void every_event_is_read_as_it_was_sent_in_every_envelope(Envelopes wrapping) {
        Stream.of(
                        instance.created(0),
                        instance.enabled(1, "contact-records", STREAM, STREAM + "-two"),
                        instance.enabled(1, "outbound-campaigns"),
                        instance.disabled(2, "contact-records", STREAM),
                        instance.disabled(2, "contact-records"),
                        instance.deleted(3))
                .forEach(event -> assertThat(decoder.decode(wrapping.wrap(event).toString()))
                        .isEqualTo(event));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "feature-enabled",
                "Feature Enabled",
                "FEATURE_ENABLED",
                "feature.enabled",
                " feature enabled ",
                "Feature-Enabled",
                "FeatureEnabled",
                "featureEnabled",
                "com.acme.feature-enabled",
                "com.acme.contact-centre.FeatureEnabled",
                "com.acme.feature.enabled"
            })
    void a_type_is_read_whatever_its_spelling(String type) {
        RoleEvent event = instance.enabled(1, "outbound-campaigns");
        assertThat(decoder.decode(Envelopes.CLOUD_EVENT.wrap(event, type).toString()))
                .isEqualTo(event);
    }

    @Test
    void a_type_is_read_the_same_in_turkey() {
        Locale here = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            RoleEvent event = instance.created(1);
            assertThat(decoder.decode(Envelopes.CLOUD_EVENT
                            .wrap(event, "INSTANCE_CREATED")
                            .toString()))
                    .isEqualTo(event);
        } finally {
            Locale.setDefault(here);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "featureenabled",
                "FEATUREENABLED",
                "my-feature-enabled",
                ".feature-enabled",
                "com.acme.feature-enabled.v1",
                "com acme.feature-enabled",
                "role-updated"
            })
    void a_type_that_only_looks_like_one_is_rejected(String type) {
        RoleEvent event = instance.enabled(1, "outbound-campaigns");
        assertThat(rejection(Envelopes.CLOUD_EVENT.wrap(event, type).toString()))
                .isEqualTo(Reason.UNKNOWN_TYPE);
    }

    @Test
    void a_subject_may_be_left_out_and_has_to_agree_if_it_is_there() {
        // Given
        RoleEvent event = instance.enabled(1, "outbound-campaigns");
        ObjectNode written = Envelopes.CLOUD_EVENT.wrap(event);

        // Then
        assertThat(decoder.decode(written.deepCopy().putNull("subject").toString()))
                .isEqualTo(event);
        String other = Instance.random().id().value();
        assertThat(rejection(written.deepCopy().put("subject", other).toString()))
                .isEqualTo(Reason.INVALID_FIELD);
        written.remove("subject");
        assertThat(decoder.decode(written.toString())).isEqualTo(event);
    }

    @Test
    void the_cloud_event_in_an_eventbridge_event_is_the_one_that_counts() {
        // Given
        RoleEvent event = instance.enabled(1, "outbound-campaigns");
        ObjectNode carrier = Envelopes.EVENT_BRIDGE_OF_CLOUD_EVENT.wrap(event);

        // Then what is wrong in it is named there
        ((ObjectNode) carrier.get("detail")).remove("time");
        assertThat(rejected(carrier.toString()).field()).contains("detail.time");

        // And a field of that name in an event's own data is ignored as before
        ObjectNode plain = Envelopes.EVENT_BRIDGE.wrap(event);
        ((ObjectNode) plain.get("detail")).put("specversion", "1.0");
        assertThat(decoder.decode(plain.toString())).isEqualTo(event);
    }

    static Stream<BadMessage> badMessages() {
        return BadMessage.all();
    }

    @ParameterizedTest
    @MethodSource("badMessages")
    void a_bad_message_is_rejected_with_a_sentence_that_names_the_field(BadMessage bad) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> decoder.decode(bad.body(instance)))
                .satisfies(rejected -> {
                    assertThat(rejected.rejection().reason().code()).isEqualTo(bad.reason());
                    assertThat(rejected.rejection().detail()).contains(bad.named());
                });
    }

    @ParameterizedTest
    @EnumSource
    void what_is_wrong_inside_is_wrong_in_every_envelope(Envelopes wrapping) {
        RoleEvent event = instance.enabled(1, "contact-records", "arn:aws:s3:::acme");
        assertThat(rejection(wrapping.wrap(event).toString())).isEqualTo(Reason.WRONG_RESOURCE_KIND);
    }

    @Test
    void a_feature_that_is_not_offered_to_the_instance_is_rejected() {
        // Given an instance in a partition that does not have the feature
        EventDecoder newer = Defaults.decoder(CatalogFile.load("amazon-connect-2026"));
        RoleEvent event = Instance.randomIn("aws-us-gov", "us-gov-west-1").enabled(1, "outbound-campaigns");

        // Then
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> newer.decode(Envelopes.CLOUD_EVENT.wrap(event).toString()))
                .satisfies(rejected -> {
                    assertThat(rejected.rejection().reason()).isEqualTo(Reason.NOT_OFFERED);
                    assertThat(rejected.rejection().field()).contains("data.feature");
                });
    }

    @Test
    void fields_that_nobody_knows_are_ignored() {
        // Given
        RoleEvent event = instance.enabled(1, "contact-records", STREAM);
        ObjectNode written = Envelopes.CLOUD_EVENT.wrap(event);

        // When
        written.put("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .putObject("more");
        ((ObjectNode) written.get("data")).put("colour", "green").putArray("shapes");

        // Then
        assertThat(decoder.decode(written.toString())).isEqualTo(event);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T09:00:00Z,           2026-11-23T09:00:00Z",
        "2026-11-23T10:30:00+01:30,      2026-11-23T09:00:00Z",
        "2026-11-23T09:00:00.123456789Z, 2026-11-23T09:00:00.123456789Z",
    })
    void a_time_is_read_to_the_nanosecond_and_from_every_zone(String written, Instant time) {
        ObjectNode event = Envelopes.CLOUD_EVENT.wrap(instance.created(0)).put("time", written);
        assertThat(decoder.decode(event.toString()).time()).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T09:00:00.1234567891Z,          2026-11-23T09:00:00.123456789Z",
        "2026-11-23T09:00:00.999999999999999999Z,  2026-11-23T09:00:00.999999999Z",
        "2026-11-23T10:30:00.0000000009+01:30,     2026-11-23T09:00:00Z",
        "2016-12-31T23:59:60Z,                     2016-12-31T23:59:59.999999999Z",
        "2016-12-31T23:59:60.25z,                  2016-12-31T23:59:59.999999999Z",
        "2016-12-31T18:59:60-05:00,                2016-12-31T23:59:59.999999999Z",
        "2017-01-01T05:29:60+05:30,                2016-12-31T23:59:59.999999999Z",
    })
    void a_time_that_the_clock_cannot_count_is_the_last_one_before(String written, Instant time) {
        ObjectNode event = Envelopes.CLOUD_EVENT.wrap(instance.created(0)).put("time", written);
        assertThat(decoder.decode(event.toString()).time()).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+58859-03-15T12:00:00Z    | milliseconds since the epoch that were read as seconds",
                "58859-03-15T12:00:00Z     | milliseconds since the epoch that were read as seconds",
                "+56891115-01-01T00:00:00Z | microseconds since the epoch that were read as seconds",
                "+56889144967-01-01T00:00Z | nanoseconds since the epoch that were read as seconds",
                "+12026-11-23T09:00:00Z    | four digits",
                "-12026-11-23T09:00:00Z    | four digits",
                "-0001-11-23T09:00:00Z     | RFC 3339",
                "+2026-11-23T09:00:00Z     | RFC 3339",
                "2016-12-31T12:00:60Z      | a second 60 is only at the end of a day in UTC",
            })
    void a_time_that_rfc_3339_has_not_is_rejected_with_what_is_wrong(String written, String said) {
        // When
        ObjectNode event = Envelopes.CLOUD_EVENT.wrap(instance.created(0)).put("time", written);
        Rejection rejection = rejected(event.toString());

        // Then
        assertThat(rejection.reason()).isEqualTo(Reason.INVALID_FIELD);
        assertThat(rejection.field()).contains("time");
        assertThat(rejection.detail()).contains(said).contains(written);
    }

    @Test
    void a_time_may_be_ahead_of_the_clock_as_far_as_the_clocks_may_differ() {
        // Given
        Instant last = Instance.START.plus(Duration.ofHours(24));
        ObjectNode event = Envelopes.EVENT_BRIDGE.wrap(instance.enabled(0, "outbound-campaigns"));

        // Then
        assertThat(decoder.decode(event.put("time", last.toString()).toString()).time())
                .isEqualTo(last);
        Rejection rejection =
                rejected(event.put("time", last.plusNanos(1).toString()).toString());
        assertThat(rejection.reason()).isEqualTo(Reason.TIME_IN_THE_FUTURE);
        assertThat(rejection.field()).contains("time");
        assertThat(rejection.detail())
                .isEqualTo("time must be at most 24h ahead of this service's clock, which says 2026-11-23T09:00:00Z,"
                        + " not 2026-11-24T09:00:00.000000001Z");
    }

    @Test
    void an_event_from_the_future_is_taken_once_its_time_has_come_near() {
        // Given
        ObjectNode event = Envelopes.CLOUD_EVENT.wrap(instance.created(0)).put("time", "2026-11-30T09:00:00Z");
        Instant near = Instant.parse("2026-11-29T09:00:00Z");

        // Then
        assertThat(rejection(event.toString())).isEqualTo(Reason.TIME_IN_THE_FUTURE);
        EventDecoder later = new EventDecoder(Defaults.CATALOG, Defaults.tolerance(InstantSource.fixed(near)));
        assertThat(later.decode(event.toString()).time()).isEqualTo("2026-11-30T09:00:00Z");
    }

    @Test
    void an_instance_id_is_read_without_regard_to_case() {
        // Given
        RoleEvent event = instance.created(0);
        ObjectNode written = Envelopes.CLOUD_EVENT.wrap(event);

        // When
        String id = instance.id().value();
        written.put("subject", id.toUpperCase(Locale.ROOT));
        ((ObjectNode) written.get("data"))
                .put("instanceArn", instance.arn().toString().replace(id, id.toUpperCase(Locale.ROOT)));

        // Then
        assertThat(decoder.decode(written.toString())).isEqualTo(event);
    }

    @Test
    void an_instance_without_an_alias_is_one_all_the_same() {
        ObjectNode written = Envelopes.CLOUD_EVENT.wrap(instance.created(0));
        ((ObjectNode) written.get("data")).remove("alias");
        assertThat(decoder.decode(written.toString()))
                .isInstanceOfSatisfying(
                        RoleEvent.InstanceCreated.class,
                        created -> assertThat(created.alias()).isEmpty());
    }

    @Test
    void a_resource_named_twice_is_one() {
        ObjectNode written = Envelopes.CLOUD_EVENT.wrap(instance.enabled(1, "contact-records", STREAM));
        ((ObjectNode) written.get("data")).withArray("resources").add(STREAM);
        assertThat(decoder.decode(written.toString()))
                .isInstanceOfSatisfying(
                        RoleEvent.FeatureEnabled.class,
                        enabled -> assertThat(enabled.resources()).isEqualTo(Set.of(STREAM)));
    }

    @Test
    void more_resources_than_any_role_has_room_for_are_rejected() {
        String[] many = IntStream.range(0, 1_001).mapToObj(i -> STREAM + i).toArray(String[]::new);
        String body = Envelopes.CLOUD_EVENT
                .wrap(instance.enabled(1, "contact-records", many))
                .toString();
        assertThat(rejection(body)).isEqualTo(Reason.INVALID_FIELD);
    }

    @Test
    void a_message_of_over_a_mebibyte_is_rejected() {
        String body = Envelopes.CLOUD_EVENT.wrap(instance.created(0)).toString();
        int room = EventDecoder.MAX_BYTES - body.length();
        assertThat(decoder.decode(body + " ".repeat(room))).isNotNull();
        assertThat(rejection(body + " ".repeat(room + 1))).isEqualTo(Reason.MESSAGE_TOO_LARGE);
        assertThat(rejection("é".repeat(EventDecoder.MAX_BYTES / 2 + 1))).isEqualTo(Reason.MESSAGE_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000b",
                "half a pair \uD83D",
                "\uDE00 the other half",
                "\uDE00\uD83D",
                "the first \uD800",
                "the last \uDFFF"
            })
    void a_text_that_cannot_be_kept_is_rejected(String text) {
        ObjectNode event = Envelopes.CLOUD_EVENT.wrap(instance.created(0));
        assertThat(rejection(event.deepCopy().put("id", text).toString())).isEqualTo(Reason.INVALID_FIELD);
        assertThat(rejection(event.deepCopy().put("source", text).toString())).isEqualTo(Reason.INVALID_FIELD);
        ((ObjectNode) event.get("data")).put("alias", text);
        assertThat(rejection(event.toString())).isEqualTo(Reason.INVALID_FIELD);
    }

    @Test
    void a_text_of_any_other_characters_is_kept_as_it_is() {
        String text = "schön \uD83D\uDE00 \n \u202E \uFEFF \uFFFF";
        ObjectNode event = Envelopes.CLOUD_EVENT.wrap(instance.created(0)).put("id", text);
        assertThat(decoder.decode(event.toString()).eventId().id()).isEqualTo(text);
    }

    @Test
    void resources_that_together_would_not_fit_into_any_role_are_rejected() {
        // Given as many characters as there may be
        String one = "arn:aws:s3:::acme/" + "p".repeat(2_030);
        String[] most = IntStream.range(0, EventDecoder.MAX_CHARACTERS / 2048)
                .mapToObj(i -> one.substring(0, 2_040) + (10_000_000 + i))
                .toArray(String[]::new);
        RoleEvent event = instance.disabled(1, "call-recordings", most);

        // Then they are taken, and not one more
        assertThat(decoder.decode(Envelopes.CLOUD_EVENT.wrap(event).toString())).isEqualTo(event);
        ObjectNode more = Envelopes.CLOUD_EVENT.wrap(event);
        ((ObjectNode) more.get("data")).withArray("resources").add("arn:aws:s3:::acme");
        assertThat(rejection(more.toString())).isEqualTo(Reason.INVALID_FIELD);
    }

    @Test
    void json_of_a_hundred_thousand_levels_is_rejected() {
        assertThat(rejection("{\"a\":".repeat(100_000))).isEqualTo(Reason.NOT_JSON);
    }

    private Reason rejection(String body) {
        return rejected(body).reason();
    }

    private Rejection rejected(String body) {
        try {
            decoder.decode(body);
        } catch (RejectedException e) {
            return e.rejection();
        }
        throw new AssertionError("it was accepted");
    }
}
