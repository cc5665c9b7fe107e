package dev.linkedrole.intake.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.catalog.CatalogFile;
import dev.linkedrole.role.catalog.Feature;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.model.Association;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.Rejection.Reason;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.ApiCallEvent;
import dev.linkedrole.testing.ApiCallEvent.Form;
import dev.linkedrole.testing.ApiCallEvent.Spelling;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.GoldenApiCall;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.PublishedSchemas;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** API calls become the events that the golden files say, in each form of the record. */
class ApiCallMapperTest {

    private static final Instant SECOND = Instance.START.plusSeconds(5);
    private static final Instant END = SECOND.plusNanos(999_999_999);
    private static final String RECORDINGS = """
        {"InstanceId": "INSTANCE", "ResourceType": "CALL_RECORDINGS",
         "StorageConfig": {"StorageType": "S3", "S3Config": {"BucketName": "acme", "BucketPrefix": "calls"}}}\
        """;

    private final Instance instance = Instance.random();
    private final MessageDecoder decoder = Defaults.messageDecoder(Defaults.CATALOG);

    static Stream<GoldenApiCall> cases() {
        return GoldenApiCall.all().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_call_becomes_the_same_events_in_every_form_and_spelling(GoldenApiCall golden) {
        for (String catalog : List.of("amazon-connect", "amazon-connect-2026")) {
            MessageDecoder any = Defaults.messageDecoder(CatalogFile.load(catalog));
            for (Form form : Form.values()) {
                for (Spelling spelling : Spelling.values()) {
                    // Given
                    ObjectNode event = ApiCallEvent.of(
                            instance, form, spelling, golden.call(), golden.request(), golden.response());

                    // When
                    Decoded bare = complete(any.decode(event.toString()), golden);
                    Decoded notified = complete(
                            any.decode(ApiCallEvent.inNotification(event).toString()), golden);

                    // Then
                    assertThat(texts(bare, event))
                            .as("%s, %s, %s", catalog, form, spelling)
                            .isEqualTo(golden.becomes());
                    assertThat(texts(notified, event)).isEqualTo(golden.becomes());
                    assertThat(PublishedSchemas.faults("event.schema.json", event.toString()))
                            .isEmpty();
                }
            }
        }
    }

    private Decoded complete(Decoded decoded, GoldenApiCall golden) {
        return switch (decoded) {
            case Decoded.NeedsAlias needs ->
                needs.then().apply(Optional.of(golden.alias()).filter(alias -> !alias.isEmpty()));
            case Decoded.NeedsAssociation needs ->
                needs.then().apply(needs.known().join(recorded(golden)));
            default -> decoded;
        };
    }

    private static Association recorded(GoldenApiCall golden) {
        return switch (golden.association()) {
            case "begun" ->
                Association.begun(
                        "voice-id", Set.of("arn:aws:voiceid:us-west-2:111122223333:domain/Dm1"), Instant.EPOCH);
            case "ended" -> Association.ended(SECOND);
            default -> new Association(Optional.empty(), Optional.empty());
        };
    }

    private List<String> texts(Decoded decoded, ObjectNode event) {
        return switch (decoded) {
            case Decoded.Mapped(List<RoleEvent> events) ->
                events.stream()
                        .map(one -> text(one, event.at("/detail/eventID").asText()))
                        .toList();
            case Decoded.Dropped dropped -> List.of(dropped.why().code());
            default -> throw new AssertionError(decoded);
        };
    }

    private String text(RoleEvent event, String recordId) {
        assertThat(event.instance()).isEqualTo(instance.arn());
        assertThat(event.eventId().source()).isEqualTo("connect.amazonaws.com");
        assertThat(event.eventId().id()).startsWith(recordId + "#");
        String text = event.eventId().id().substring(recordId.length()) + " " + event.type();
        text += switch (event) {
            case RoleEvent.InstanceCreated created -> " '" + created.alias() + "'";
            case RoleEvent.FeatureEnabled enabled -> " " + enabled.feature() + " " + new TreeSet<>(enabled.resources());
            case RoleEvent.FeatureDisabled disabled ->
                " " + disabled.feature() + " " + new TreeSet<>(disabled.resources());
            default -> "";
        };
        return text + (event.time().equals(SECOND) ? " begin" : event.time().equals(END) ? " end" : event.time());
    }

    @Test
    void off_then_on_in_one_second_ends_on_whatever_comes_first() {
        List<RoleEvent> off = mapped(
                "DisassociateInstanceStorageConfig",
                "{\"InstanceId\": \"INSTANCE\", \"AssociationId\": \"a\", \"ResourceType\": \"CALL_RECORDINGS\"}");
        List<RoleEvent> on = mapped("AssociateInstanceStorageConfig", RECORDINGS);

        assertThat(features(List.of(off, on))).containsExactly("call-recordings arn:aws:s3:::acme/calls");
        assertThat(features(List.of(on, off))).containsExactly("call-recordings arn:aws:s3:::acme/calls");
        assertThat(features(List.of(on, off, on, off))).containsExactly("call-recordings arn:aws:s3:::acme/calls");
    }

    @Test
    void an_update_takes_the_place_of_what_was_before_in_any_order() {
        List<RoleEvent> first = mapped("AssociateInstanceStorageConfig", RECORDINGS);
        ObjectNode update = event("UpdateInstanceStorageConfig", RECORDINGS.replace("calls", "other"));
        detail(update).put("eventTime", SECOND.plusSeconds(1).toString());
        List<RoleEvent> second = ((Decoded.Mapped) decoder.decode(update.toString())).events();

        assertThat(features(List.of(first, second))).containsExactly("call-recordings arn:aws:s3:::acme/other");
        assertThat(features(List.of(second, first))).containsExactly("call-recordings arn:aws:s3:::acme/other");
    }

    @Test
    void a_duplicate_gives_equal_events() {
        String body = event("AssociateInstanceStorageConfig", RECORDINGS).toString();

        assertThat(decoder.decode(body)).isEqualTo(decoder.decode(body));
    }

    @ParameterizedTest
    @CsvSource({
        "errorCode, AccessDeniedException, failed",
        "readOnly, true, read-only",
        "eventSource, s3.amazonaws.com, ignored"
    })
    void a_failed_or_reading_call_or_one_of_another_service_is_dropped(String field, String value, String why) {
        ObjectNode event = event("AssociateInstanceStorageConfig", RECORDINGS);
        detail(event).put(field, value);
        detail(event).remove("eventID");

        assertThat(((Decoded.Dropped) decoder.decode(event.toString())).why().code())
                .isEqualTo(why);
    }

    @Test
    void the_source_of_the_bus_does_not_matter() {
        ObjectNode event = event("AssociateInstanceStorageConfig", RECORDINGS).put("source", "acme.trail");

        assertThat(((Decoded.Mapped) decoder.decode(event.toString())).events()).hasSize(2);
    }

    @Test
    void a_replica_is_in_the_region_that_the_call_names() {
        ObjectNode event = ApiCallEvent.of(
                instance,
                "ReplicateInstance",
                "{\"InstanceId\": \"INSTANCE\", \"ReplicaRegion\": \"eu-west-2\", \"ReplicaAlias\": \"acme\"}",
                "{\"Id\": \"INSTANCE\"}");

        assertThat(((Decoded.Mapped) decoder.decode(event.toString()))
                        .events()
                        .getFirst()
                        .instance()
                        .toString())
                .isEqualTo("arn:aws:connect:eu-west-2:111122223333:instance/" + instance.id());
    }

    @ParameterizedTest
    @CsvSource({"us-gov-west-1, aws-us-gov", "cn-north-1, aws-cn", "eu-central-1, aws"})
    void an_id_alone_is_in_the_partition_of_the_calls_region(String region, String partition) {
        ObjectNode event = event("DeleteInstance", "{\"InstanceId\": \"INSTANCE\"}");
        detail(event).put("awsRegion", region);

        assertThat(((Decoded.Mapped) decoder.decode(event.toString()))
                        .events()
                        .getFirst()
                        .instance()
                        .partition())
                .isEqualTo(partition);
    }

    static Stream<Malformed> malformed() {
        return Stream.of(
                new Malformed(event -> event.put("detail", "text"), Reason.INVALID_FIELD, "detail must be"),
                new Malformed(event -> event.remove("detail"), Reason.MISSING_FIELD, "detail is missing"),
                new Malformed(event -> detail(event).remove("eventName"), Reason.MISSING_FIELD, "detail.eventName"),
                new Malformed(event -> detail(event).remove("eventSource"), Reason.MISSING_FIELD, "detail.eventSource"),
                new Malformed(event -> detail(event).remove("eventID"), Reason.MISSING_FIELD, "detail.eventID"),
                new Malformed(event -> detail(event).put("eventTime", "now"), Reason.INVALID_FIELD, "detail.eventTime"),
                new Malformed(
                        event -> detail(event).put("eventTime", "2027-11-23T09:00:00Z"),
                        Reason.TIME_IN_THE_FUTURE,
                        "time must be at most"),
                new Malformed(
                        event -> detail(event).remove("recipientAccountId"),
                        Reason.MISSING_FIELD,
                        "detail.recipientAccountId"),
                new Malformed(event -> detail(event).remove("awsRegion"), Reason.MISSING_FIELD, "detail.awsRegion"),
                new Malformed(
                        event -> detail(event).put("awsRegion", "moon"), Reason.INVALID_FIELD, "its region is 'moon'"),
                new Malformed(
                        event -> request(event).remove("InstanceId"),
                        Reason.MISSING_FIELD,
                        "detail.requestParameters.InstanceId"),
                new Malformed(
                        event -> request(event).put("InstanceId", "acme"),
                        Reason.INVALID_FIELD,
                        "detail.requestParameters.InstanceId is wrong"),
                new Malformed(
                        event -> request(event).put("InstanceId", "arn%3Aaws%zz"),
                        Reason.INVALID_FIELD,
                        "detail.requestParameters.InstanceId must be an instance id or ARN"),
                new Malformed(
                        event -> request(event)
                                .put(
                                        "InstanceId",
                                        "arn:aws:chime:us-west-2:111122223333:instance/"
                                                + Instance.random().id()),
                        Reason.INVALID_FIELD,
                        "must be of the service connect, not chime"),
                new Malformed(
                        event -> bucket(event).put("BucketName", "ACME"),
                        Reason.WRONG_RESOURCE_KIND,
                        "detail.requestParameters.StorageConfig.S3Config.BucketName must be of a kind"),
                new Malformed(
                        event -> bucket(event).put("BucketPrefix", "calls*"),
                        Reason.WILDCARD,
                        "detail.requestParameters.StorageConfig.S3Config.BucketName must name one resource"),
                new Malformed(
                        event -> bucket(event).remove("BucketName"),
                        Reason.MISSING_FIELD,
                        "detail.requestParameters.StorageConfig.S3Config.BucketName"));
    }

    record Malformed(Consumer<ObjectNode> change, Reason reason, String detail) {
        @Override
        public String toString() {
            return reason + " " + detail;
        }
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void a_malformed_record_is_rejected_and_the_field_is_named(Malformed malformed) {
        ObjectNode event = event("AssociateInstanceStorageConfig", RECORDINGS);
        malformed.change().accept(event);

        Rejection rejection = catchThrowableOfType(RejectedException.class, () -> decoder.decode(event.toString()))
                .rejection();

        assertThat(rejection.reason()).isEqualTo(malformed.reason());
        assertThat(rejection.detail()).contains(malformed.detail());
        assertThat(PublishedSchemas.faults("event.schema.json", event.toString())
                        .isEmpty())
                .as("the schema knows the fields that every record needs")
                .isEqualTo(!rejection.detail().matches("detail(?:[.]eventName|[.]eventSource)? .*"));
    }

    @Test
    void without_rules_in_the_catalog_it_is_an_unknown_type() {
        FeatureCatalog known = Defaults.CATALOG;
        SortedMap<String, Feature> features = new TreeMap<>();
        known.features().forEach((name, one) -> features.put(name, one.withAuthority(Feature.Authority.PRODUCERS)));
        MessageDecoder without = Defaults.messageDecoder(new FeatureCatalog(
                known.name(),
                known.service(),
                known.principal(),
                known.namePrefix(),
                known.description(),
                known.base(),
                features,
                Optional.empty()));
        String body = event("DeleteInstance", "{\"InstanceId\": \"INSTANCE\"}").toString();

        assertThat(catchThrowableOfType(RejectedException.class, () -> without.decode(body))
                        .rejection()
                        .reason())
                .isEqualTo(Reason.UNKNOWN_TYPE);
        assertThat(decoder.decode(body)).isInstanceOf(Decoded.Mapped.class);
    }

    private ObjectNode event(String call, String request) {
        return ApiCallEvent.of(instance, call, request, "null");
    }

    private List<RoleEvent> mapped(String call, String request) {
        return ((Decoded.Mapped) decoder.decode(event(call, request).toString())).events();
    }

    private List<String> features(List<List<RoleEvent>> events) {
        LinkedRole role = instance.after(events.stream().flatMap(List::stream).toList());
        return role.enabled().stream().map(Object::toString).toList();
    }

    private static ObjectNode detail(ObjectNode event) {
        return (ObjectNode) event.get("detail");
    }

    private static ObjectNode request(ObjectNode event) {
        return (ObjectNode) detail(event).get("requestParameters");
    }

    private static ObjectNode bucket(ObjectNode event) {
        return (ObjectNode) request(event).at("/StorageConfig/S3Config");
    }
}
