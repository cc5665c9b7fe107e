package dev.linkedrole.connect.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.catalog.CatalogFile;
import dev.linkedrole.connect.Bot;
import dev.linkedrole.connect.ConnectInstance.Status;
import dev.linkedrole.connect.InstanceReading;
import dev.linkedrole.connect.Integration;
import dev.linkedrole.connect.LexVersion;
import dev.linkedrole.connect.ReadScope;
import dev.linkedrole.connect.StorageConfig;
import dev.linkedrole.intake.envelope.Decoded;
import dev.linkedrole.intake.envelope.MessageDecoder;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.model.Association;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.ApiCallEvent;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The comparison of a reading with what is recorded: setting by setting, in both directions. */
class InstanceComparisonTest {

    private static final Instant BEGUN = Instance.START.plusSeconds(3_600).plusMillis(300);
    private static final Instant SECOND = Instance.START.plusSeconds(3_600);
    private static final String DOMAIN = "arn:aws:voiceid:us-west-2:111122223333:domain/Dm1";
    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/s";
    private static final String FIREHOSE = "arn:aws:firehose:us-west-2:111122223333:deliverystream/s";

    @TempDir
    Path directory;

    private final Instance instance = Instance.random();
    private final MessageDecoder decoder = Defaults.messageDecoder(Defaults.CATALOG);
    private final InstanceComparison comparison = new InstanceComparison(Defaults.CATALOG);

    /**
     * A setting, the call that leads to it, and the grant that it means.
     *
     * @param grant as text; empty if it means none
     */
    record Row(UnaryOperator<Settings> setting, String call, String request, String response, String grant) {
        @Override
        public String toString() {
            return call + " " + request;
        }
    }

    static Stream<Row> granting() {
        return Stream.of(
                storage("CALL_RECORDINGS", s3("acme", "calls/"), "call-recordings arn:aws:s3:::acme/calls"),
                storage("CALL_RECORDINGS", s3("acme", ""), "call-recordings arn:aws:s3:::acme"),
                storage("SCHEDULED_REPORTS", s3("acme", "reports"), "exported-reports arn:aws:s3:::acme/reports"),
                storage("CONTACT_TRACE_RECORDS", new StorageConfig.DataStream(STREAM), "contact-records " + STREAM),
                storage(
                        "CONTACT_TRACE_RECORDS",
                        new StorageConfig.DeliveryStream(FIREHOSE),
                        "contact-records " + FIREHOSE),
                storage("AGENT_EVENTS", new StorageConfig.DataStream(STREAM), "agent-events " + STREAM),
                storage("AGENT_EVENTS", new StorageConfig.DeliveryStream(FIREHOSE), "agent-events " + FIREHOSE),
                lexV1("us-west-2", "lex-bots arn:aws:lex:us-west-2:111122223333:bot:Order"),
                integration("VOICE_ID", DOMAIN, "voice-id " + DOMAIN),
                attribute(
                        "CONTACTFLOW_LOGS",
                        "contact-flow-logs"
                                + " arn:aws:logs:us-west-2:111122223333:log-group:/aws/connect/acme-support"),
                attribute("HIGH_VOLUME_OUTBOUND", "outbound-campaigns"));
    }

    static Stream<Row> meaningless() {
        return Stream.of(
                storage("CHAT_TRANSCRIPTS", s3("acme", "chats"), ""),
                storage("CALL_RECORDINGS", new StorageConfig.VideoStreams("acme", Optional.of("a key")), ""),
                lexV1("eu-west-2", ""),
                new Row(
                        settings -> settings.with(
                                new Bot.LexV2("arn:aws:lex:us-west-2:111122223333:bot-alias/ABCDEFGHIJ/TSTALIASID")),
                        "AssociateBot",
                        "{\"InstanceId\": \"INSTANCE\", \"LexV2Bot\": {\"AliasArn\":"
                                + " \"arn:aws:lex:us-west-2:111122223333:bot-alias/ABCDEFGHIJ/TSTALIASID\"}}",
                        "null",
                        ""),
                integration("WISDOM_ASSISTANT", "arn:aws:wisdom:us-west-2:111122223333:assistant/1", ""),
                integration("A_TYPE_OF_TOMORROW", "arn:aws:tomorrow:us-west-2:111122223333:thing/1", ""),
                attribute("EARLY_MEDIA", ""));
    }

    static Stream<Row> all() {
        return Stream.concat(granting(), meaningless());
    }

    private static StorageConfig.Storage s3(String bucket, String prefix) {
        return new StorageConfig.S3(bucket, prefix, Optional.of("a key"));
    }

    private static Row storage(String type, StorageConfig.Storage place, String grant) {
        String config = switch (place) {
            case StorageConfig.S3 s3 ->
                "\"StorageType\": \"S3\", \"S3Config\": {\"BucketName\": \"" + s3.bucket() + "\", \"BucketPrefix\": \""
                        + s3.prefix() + "\"}";
            case StorageConfig.VideoStreams video ->
                "\"StorageType\": \"KINESIS_VIDEO_STREAM\", \"KinesisVideoStreamConfig\": {\"Prefix\": \""
                        + video.prefix() + "\"}";
            case StorageConfig.DataStream stream ->
                "\"StorageType\": \"KINESIS_STREAM\", \"KinesisStreamConfig\": {\"StreamArn\": \"" + stream.arn()
                        + "\"}";
            case StorageConfig.DeliveryStream stream ->
                "\"StorageType\": \"KINESIS_FIREHOSE\", \"KinesisFirehoseConfig\": {\"FirehoseArn\": \"" + stream.arn()
                        + "\"}";
            case StorageConfig.UnknownStorage unknown -> "\"StorageType\": \"" + unknown.type() + "\"";
        };
        return new Row(
                settings -> settings.with(type, place),
                "AssociateInstanceStorageConfig",
                "{\"InstanceId\": \"INSTANCE\", \"ResourceType\": \"" + type + "\", \"StorageConfig\": {" + config
                        + "}}",
                "{\"AssociationId\": \"a0\"}",
                grant);
    }

    private static Row lexV1(String region, String grant) {
        return new Row(
                settings -> settings.with(new Bot.LexV1("Order", region)),
                "AssociateLexBot",
                "{\"InstanceId\": \"INSTANCE\", \"LexBot\": {\"Name\": \"Order\", \"LexRegion\": \"" + region + "\"}}",
                "null",
                grant);
    }

    private static Row integration(String type, String arn, String grant) {
        return new Row(
                settings -> settings.with(new Integration("i1", type, arn)),
                "CreateIntegrationAssociation",
                "{\"InstanceId\": \"INSTANCE\", \"IntegrationType\": \"" + type + "\", \"IntegrationArn\": \"" + arn
                        + "\"}",
                "{\"IntegrationAssociationId\": \"i1\"}",
                grant);
    }

    private static Row attribute(String type, String grant) {
        return new Row(
                settings -> settings.with(type, "true"),
                "UpdateInstanceAttribute",
                "{\"InstanceId\": \"INSTANCE\", \"AttributeType\": \"" + type + "\", \"Value\": \"true\"}",
                "null",
                grant);
    }

    @ParameterizedTest
    @MethodSource("granting")
    void a_setting_that_is_not_recorded_is_enabled(Row row) {
        Comparison found = compare(row.setting().apply(new Settings()), announced());

        assertThat(found.notes()).isEmpty();
        assertThat(found.events()).singleElement().satisfies(event -> {
            assertThat(event).isInstanceOf(RoleEvent.FeatureEnabled.class);
            assertThat(LinkedRole.named(event)).singleElement().hasToString(row.grant());
            assertThat(event.time()).isEqualTo(SECOND);
        });
    }

    @ParameterizedTest
    @MethodSource("granting")
    void a_recorded_grant_that_is_no_setting_is_disabled(Row row) {
        LinkedRole recorded = after(announced(), row);
        assertThat(recorded.enabled()).singleElement().hasToString(row.grant());

        Comparison found = compare(new Settings(), recorded);

        assertThat(found.notes()).isEmpty();
        assertThat(found.events()).singleElement().satisfies(event -> {
            assertThat(event).isInstanceOf(RoleEvent.FeatureDisabled.class);
            assertThat(event.time()).isEqualTo(BEGUN);
            assertThat(recorded.apply(event).enabled()).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void the_record_of_a_call_agrees_with_the_setting_that_it_leads_to(Row row) {
        Comparison found = compare(row.setting().apply(new Settings()), after(announced(), row));

        assertThat(found.events()).isEmpty();
        assertThat(found.notes()).isEmpty();
    }

    @Test
    void an_integration_that_a_rule_asks_about_is_found_with_its_id() {
        Settings settings = new Settings()
                .with(new Integration("i1", "VOICE_ID", "arn:aws:voiceid:us-west-2:111122223333:domain/Dm1"))
                .with(new Integration("i2", "WISDOM_ASSISTANT", "arn:aws:wisdom:us-west-2:111122223333:assistant/1"));

        Comparison found = compare(settings, announced());

        assertThat(found.associations()).singleElement().satisfies(association -> {
            assertThat(association.id()).isEqualTo("i1");
            assertThat(association.known())
                    .isEqualTo(Association.begun(
                            "voice-id",
                            Set.of("arn:aws:voiceid:us-west-2:111122223333:domain/Dm1"),
                            BEGUN.truncatedTo(ChronoUnit.SECONDS)));
        });
    }

    @ParameterizedTest
    @MethodSource("meaningless")
    void a_setting_without_a_rule_enables_nothing(Row row) {
        assertThat(compare(row.setting().apply(new Settings()), announced()))
                .isEqualTo(new Comparison(List.of(), List.of()));
    }

    @Test
    void an_unknown_instance_is_created_and_gets_all_its_features() {
        Settings settings = new Settings().created(Instance.START.minusSeconds(100_000_000));
        granting().filter(row -> !row.toString().contains("FIREHOSE")).forEach(row -> {
            Settings _ = row.setting().apply(settings);
        });

        Comparison found = comparison.compare(reading(settings), Optional.empty());

        assertThat(found.notes()).isEmpty();
        assertThat(found.events().getFirst()).isInstanceOfSatisfying(RoleEvent.InstanceCreated.class, created -> {
            assertThat(created.alias()).isEqualTo("acme-support");
            assertThat(created.time()).isEqualTo(Instance.START.minusSeconds(100_000_000));
        });
        assertThat(apply(LinkedRole.unknown(instance.arn()), found).enabled().stream()
                        .map(Object::toString))
                .containsExactlyInAnyOrderElementsOf(granting()
                        .map(Row::grant)
                        .filter(grant -> !grant.contains("firehose"))
                        .toList());
    }

    @Test
    void a_creation_is_not_later_than_the_reading() {
        Settings settings = new Settings().created(BEGUN.plusSeconds(60));

        assertThat(comparison.compare(reading(settings), Optional.empty()).events())
                .singleElement()
                .satisfies(event -> assertThat(event.time()).isEqualTo(BEGUN));
    }

    @Test
    void a_place_that_was_moved_is_disabled_and_the_new_one_enabled() {
        LinkedRole recorded = announced()
                .apply(instance.enabled(10, "call-recordings", "arn:aws:s3:::acme/old", "arn:aws:s3:::acme/calls"));

        Comparison found = compare(
                new Settings()
                        .inBucket("CALL_RECORDINGS", "acme", "calls")
                        .inBucket("CALL_RECORDINGS", "acme", "second"),
                recorded);

        assertThat(found.events())
                .satisfiesExactly(
                        disabled -> {
                            assertThat(disabled).isInstanceOf(RoleEvent.FeatureDisabled.class);
                            assertThat(LinkedRole.named(disabled))
                                    .singleElement()
                                    .hasToString("call-recordings arn:aws:s3:::acme/old");
                        },
                        enabled -> {
                            assertThat(enabled).isInstanceOf(RoleEvent.FeatureEnabled.class);
                            assertThat(LinkedRole.named(enabled))
                                    .singleElement()
                                    .hasToString("call-recordings arn:aws:s3:::acme/second");
                        });
    }

    @Test
    void a_removed_integration_is_disabled_although_no_association_is_known() {
        String other = DOMAIN.replace("Dm1", "Dm2");
        LinkedRole recorded = announced().apply(instance.enabled(10, "voice-id", DOMAIN, other));

        Comparison found = compare(new Settings().with(new Integration("i2", "VOICE_ID", other)), recorded);

        assertThat(apply(recorded, found).enabled()).singleElement().hasToString("voice-id " + other);
    }

    @Test
    void a_feature_of_producers_is_left_alone() {
        String domain = "arn:aws:profile:us-west-2:111122223333:domains/acme";
        LinkedRole recorded = announced().apply(instance.enabled(10, "customer-profiles", domain));

        assertThat(compare(new Settings(), recorded).events()).isEmpty();
    }

    @Test
    void without_an_authority_nothing_is_read_and_nothing_decided() throws IOException {
        InstanceComparison ofProducers = new InstanceComparison(catalog("authority: service", "authority: producers"));
        LinkedRole recorded = after(announced(), granting().toList().getFirst());

        assertThat(ofProducers.scope()).isEqualTo(new ReadScope(Set.of(), Set.of(), false, false));
        assertThat(ofProducers.compare(
                        reading(new Settings().inBucket("SCHEDULED_REPORTS", "acme", "reports")),
                        Optional.of(recorded)))
                .isEqualTo(new Comparison(List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"amazon-connect", "amazon-connect-2026"})
    void the_scope_is_what_the_rules_ask_about(String catalog) {
        ReadScope scope = new InstanceComparison(CatalogFile.load(catalog)).scope();

        assertThat(scope).isEqualTo(new ReadScope(Set.copyOf(Settings.STORAGE), Set.of(LexVersion.V1), true, true));
        assertThat(scope.requests()).isEqualTo(9);
    }

    @Test
    void another_catalog_has_another_scope() throws IOException {
        InstanceComparison other = new InstanceComparison(catalog("", "", """
                    - calls: [AssociateBot]
                      event: feature-enabled
                      feature: lex-bots
                      resources: ["{requestParameters.LexV2Bot.AliasArn}"]
                    - calls: [UpdateInstanceStorageConfig]
                      when:
                        requestParameters.resourceType: [screen_recordings]
                      event: feature-enabled
                      feature: call-recordings
                      resources: ["arn:{partition}:s3:::{requestParameters.StorageConfig.S3Config.BucketName}"]
                """));

        assertThat(other.scope().bots()).containsExactlyInAnyOrder(LexVersion.V1, LexVersion.V2);
        assertThat(other.scope().storage()).hasSize(5).contains("SCREEN_RECORDINGS");
    }

    static Stream<String> parts() {
        return Stream.concat(
                Settings.STORAGE.stream().map(type -> "storage " + type),
                Stream.of("bots V1", "integrations", "attributes"));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void a_part_that_was_not_read_disables_nothing_and_is_noted(String part) {
        LinkedRole recorded = announced();
        for (Row row : granting().toList()) {
            recorded = after(recorded, row);
        }
        LinkedRole whole = apply(recorded, compare(new Settings(), recorded));
        assertThat(whole.enabled()).isEmpty();

        Comparison denied = compare(new Settings().unread(part), recorded);
        Comparison notAsked = compare(new Settings().notAsked(part), recorded);

        assertThat(denied.notes())
                .isNotEmpty()
                .allMatch(note ->
                        note.endsWith("since " + part + " could not be read: the credentials lack a permission"));
        assertThat(notAsked.notes()).isNotEmpty().allMatch(note -> note.endsWith("since " + part + " was not read"));
        assertThat(denied.events()).isEqualTo(notAsked.events());
        Set<String> kept = Set.copyOf(
                apply(recorded, denied).enabled().stream().map(Grant::feature).toList());
        assertThat(denied.notes()).allMatch(note -> kept.stream().anyMatch(note::contains));
        assertThat(denied.notes()).hasSameSizeAs(kept);
    }

    @Test
    void a_place_of_an_unknown_type_disables_nothing() {
        LinkedRole recorded = after(announced(), granting().toList().getFirst());

        Comparison found =
                compare(new Settings().with("CALL_RECORDINGS", new StorageConfig.UnknownStorage("GLACIER")), recorded);

        assertThat(found.events()).isEmpty();
        assertThat(found.notes())
                .containsExactly(
                        "Nothing of call-recordings is disabled, since storage CALL_RECORDINGS is in a place of"
                                + " a type that this version does not know: GLACIER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "perhaps"})
    void an_attribute_that_is_neither_on_nor_off_disables_nothing(String value) {
        LinkedRole recorded = announced().apply(instance.enabled(10, "outbound-campaigns"));
        Settings settings = new Settings().without("HIGH_VOLUME_OUTBOUND");

        Comparison found = compare(value.isEmpty() ? settings : settings.with("HIGH_VOLUME_OUTBOUND", value), recorded);

        assertThat(found.events()).isEmpty();
        assertThat(found.notes())
                .containsExactly("Nothing of outbound-campaigns is disabled, since Amazon Connect does not say whether"
                        + " HIGH_VOLUME_OUTBOUND is on");
    }

    @Test
    void an_attribute_that_is_not_listed_is_no_gap_where_nothing_is_enabled() {
        LinkedRole recorded = announced();

        Comparison found =
                compare(new Settings().without("HIGH_VOLUME_OUTBOUND").without("CONTACTFLOW_LOGS"), recorded);

        assertThat(found.events()).isEmpty();
        assertThat(found.notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"calls*", "***"})
    void a_place_that_cannot_be_granted_disables_nothing_and_is_noted(String prefix) {
        LinkedRole recorded = after(announced(), granting().toList().getFirst());

        Comparison found = compare(
                new Settings().inBucket("CALL_RECORDINGS", "acme", prefix).with("CONTACTFLOW_LOGS", "true"), recorded);

        assertThat(found.events())
                .singleElement()
                .satisfies(event -> assertThat(LinkedRole.named(event))
                        .singleElement()
                        .asString()
                        .startsWith("contact-flow-logs"));
        assertThat(found.notes())
                .singleElement()
                .asString()
                .startsWith("Nothing of call-recordings is disabled, since what Amazon Connect says of it ");
    }

    @Test
    void one_bad_bot_disables_no_bot_and_the_others_are_enabled() {
        LinkedRole recorded =
                announced().apply(instance.enabled(10, "lex-bots", "arn:aws:lex:us-west-2:111122223333:bot:Old"));

        Comparison found = compare(
                new Settings().with(new Bot.LexV1("Bad*", "us-west-2")).with(new Bot.LexV1("Order", "us-west-2")),
                recorded);

        assertThat(apply(recorded, found).enabled()).hasSize(2);
        assertThat(found.notes()).hasSize(1);
    }

    @Test
    void without_an_alias_the_log_group_is_not_decided() {
        LinkedRole recorded = LinkedRole.unknown(instance.arn())
                .apply(new RoleEvent.InstanceCreated(new EventId("1", "a"), instance.arn(), Instance.START, ""));
        Settings settings = new Settings().with("CONTACTFLOW_LOGS", "true").alias(Optional.empty());

        Comparison found = compare(settings, recorded);

        assertThat(found.events()).isEmpty();
        assertThat(found.notes()).singleElement().asString().contains("The alias of " + instance.arn());
        assertThat(compare(settings, announced()).events()).hasSize(1);
    }

    @Test
    void an_alias_that_the_record_lacks_is_announced_once() {
        LinkedRole recorded = LinkedRole.unknown(instance.arn())
                .apply(new RoleEvent.InstanceCreated(new EventId("1", "a"), instance.arn(), Instance.START, ""));

        Comparison found = compare(new Settings(), recorded);

        LinkedRole after = apply(recorded, found);
        assertThat(after.announcement().orElseThrow().alias()).isEqualTo("acme-support");
        assertThat(compare(new Settings(), after).events()).isEmpty();
        assertThat(compare(new Settings().alias(Optional.empty()), after).events())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Status.class, names = "ACTIVE", mode = EnumSource.Mode.EXCLUDE)
    void an_instance_that_is_not_active_decides_nothing(Status status) {
        LinkedRole recorded = after(announced(), granting().toList().getFirst());

        Comparison found = compare(new Settings().status(status), recorded);

        assertThat(found.events()).isEmpty();
        assertThat(found.notes()).containsExactly(instance.arn() + " is not active in Amazon Connect, but " + status);
        assertThat(comparison
                        .compare(reading(new Settings().status(status)), Optional.empty())
                        .events())
                .isEmpty();
    }

    @Test
    void a_deleted_instance_that_is_still_there_is_only_noted() {
        Comparison found = compare(new Settings(), announced().apply(instance.deleted(10)));

        assertThat(found.events()).isEmpty();
        assertThat(found.notes()).singleElement().asString().contains("is recorded as deleted at");
    }

    @Test
    void an_instance_that_was_deleted_after_the_reading_is_not_noted() {
        assertThat(compare(new Settings(), announced().apply(instance.deleted(3_600))))
                .isEqualTo(new Comparison(List.of(), List.of()));
    }

    @Test
    void an_id_that_is_recorded_elsewhere_is_only_noted() {
        LinkedRole replica =
                LinkedRole.unknown(new InstanceArn("aws", "connect", "eu-west-2", Instance.ACCOUNT, instance.id()));

        Comparison found = compare(new Settings().inBucket("CALL_RECORDINGS", "acme", ""), replica);

        assertThat(found.events()).isEmpty();
        assertThat(found.notes()).singleElement().asString().contains("is recorded as that of " + replica.instance());
    }

    @Test
    void what_is_newer_than_the_reading_stays() {
        LinkedRole newer = announced()
                .apply(instance.enabled(3_601, "exported-reports", "arn:aws:s3:::acme/new"))
                .apply(instance.disabled(3_601, "call-recordings", "arn:aws:s3:::acme/calls"));

        assertThat(compare(new Settings().inBucket("CALL_RECORDINGS", "acme", "calls"), newer))
                .isEqualTo(new Comparison(List.of(), List.of()));
    }

    @Test
    void a_reading_of_the_second_of_a_call_does_not_undo_the_call() {
        // Given a bucket, and a reading that sees it
        Comparison read = compare(new Settings().inBucket("CALL_RECORDINGS", "acme", "calls"), announced());

        // When the bucket is removed later in the second in which the reading began
        List<RoleEvent> off = mapped(
                "DisassociateInstanceStorageConfig",
                "{\"InstanceId\": \"INSTANCE\", \"AssociationId\": \"a\", \"ResourceType\": \"CALL_RECORDINGS\"}",
                "null",
                SECOND);

        // Then it stays disabled, whatever is recorded first
        assertThat(apply(announced(), read).enabled()).hasSize(1);
        assertThat(instance.after(Stream.concat(read.events().stream(), off.stream())
                                .toList())
                        .enabled())
                .isEmpty();
        assertThat(instance.after(Stream.concat(off.stream(), read.events().stream())
                                .toList())
                        .enabled())
                .isEmpty();
    }

    @Test
    void a_reading_of_the_second_of_a_call_does_not_revoke_what_it_gave() {
        List<RoleEvent> on = mapped(
                "AssociateInstanceStorageConfig", granting().toList().getFirst().request(), "null", SECOND);
        LinkedRole before = announced().apply(instance.enabled(10, "call-recordings", "arn:aws:s3:::acme/old"));

        Comparison read = compare(new Settings(), before);

        LinkedRole after = apply(before, read);
        for (RoleEvent event : on) {
            after = after.apply(event);
        }
        assertThat(after.enabled()).singleElement().hasToString("call-recordings arn:aws:s3:::acme/calls");
        assertThat(compare(new Settings(), after).events()).isEmpty();
    }

    @Test
    void many_resources_are_split_into_several_events() {
        List<String> bots = IntStream.range(0, 150)
                .mapToObj(number -> "arn:aws:lex:us-west-2:111122223333:bot:Bot" + number)
                .toList();
        Settings settings = new Settings().with(new Bot.LexV1("Order", "us-west-2"));
        LinkedRole recorded = announced().apply(instance.enabled(10, "lex-bots", bots.toArray(String[]::new)));

        Comparison found = compare(settings, recorded);

        assertThat(found.events()).hasSize(4);
        assertThat(apply(recorded, found).enabled()).hasSize(1);
    }

    @Test
    void a_feature_without_a_resource_ends_and_its_resources_stay() throws IOException {
        // Given a rule by which integrations name campaigns
        String campaign = "arn:aws:connect-campaigns:us-west-2:111122223333:campaign/c1";
        InstanceComparison other = new InstanceComparison(catalog("", "", """
                    - calls: [CreateIntegrationAssociation]
                      when:
                        requestParameters.IntegrationType: [CAMPAIGN]
                      event: feature-enabled
                      feature: outbound-campaigns
                      resources: ["{requestParameters.IntegrationArn}"]
                """));
        LinkedRole recorded = announced()
                .apply(instance.enabled(10, "outbound-campaigns"))
                .apply(instance.enabled(10, "outbound-campaigns", campaign));
        InstanceReading reading = reading(new Settings().with(new Integration("i", "CAMPAIGN", campaign)));

        // When
        Comparison found = other.compare(reading, Optional.of(recorded));

        // Then
        LinkedRole after = apply(recorded, found);
        assertThat(after.enabled()).singleElement().hasToString("outbound-campaigns " + campaign);
        assertThat(other.compare(reading, Optional.of(after)).events()).isEmpty();
    }

    @Test
    void a_feature_by_a_call_that_no_reading_tells_of_is_not_disabled() throws IOException {
        InstanceComparison other = new InstanceComparison(catalog("", "", """
                    - calls: [AssociateLambdaFunction]
                      event: feature-enabled
                      feature: call-recordings
                      resources: ["{requestParameters.FunctionArn}"]
                """));
        LinkedRole recorded = after(announced(), granting().toList().getFirst());
        Settings settings = new Settings().inBucket("CALL_RECORDINGS", "acme", "calls");

        Comparison gone = other.compare(reading(new Settings()), Optional.of(recorded));

        assertThat(gone.events()).isEmpty();
        assertThat(gone.notes())
                .containsExactly("Nothing of call-recordings is disabled, since no reading tells of the call"
                        + " AssociateLambdaFunction");
        assertThat(other.compare(reading(settings), Optional.of(recorded)).notes())
                .isEmpty();
        assertThat(other.compare(reading(settings), Optional.of(announced())).events())
                .hasSize(1);
    }

    @Test
    void ids_follow_from_the_reading_and_from_what_the_event_says() {
        Settings settings = new Settings()
                .inBucket("CALL_RECORDINGS", "acme", "calls")
                .inBucket("SCHEDULED_REPORTS", "acme", "reports");
        Comparison first = comparison.compare(reading(settings), Optional.empty());

        // When the same reading is compared again, and a part of its events was recorded meanwhile
        LinkedRole part =
                LinkedRole.unknown(instance.arn()).apply(first.events().getFirst());
        Comparison again = comparison.compare(reading(settings), Optional.of(part));

        // Then
        assertThat(again.events())
                .isEqualTo(first.events().subList(1, first.events().size()));
        assertThat(first.events().stream().map(event -> event.eventId().id()))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches(instance.id() + ":" + BEGUN + ":[0-9a-f]{12}"));
        assertThat(first.events()).allMatch(event -> event.eventId().source().equals("linked-role-controller/connect"));
        assertThat(comparison
                        .compare(settings.reading(instance.arn(), BEGUN.plusSeconds(1)), Optional.empty())
                        .events())
                .noneMatch(event -> first.events().stream()
                        .anyMatch(other -> other.eventId().equals(event.eventId())));
    }

    @Test
    void an_instance_that_is_gone_is_deleted() {
        assertThat(comparison.gone(announced(), BEGUN).events()).singleElement().satisfies(event -> {
            assertThat(event).isInstanceOf(RoleEvent.InstanceDeleted.class);
            assertThat(event.time()).isEqualTo(BEGUN);
            assertThat(event.instance()).isEqualTo(instance.arn());
        });
    }

    @Test
    void an_instance_that_was_just_created_is_not_taken_for_deleted() {
        for (Duration later : List.of(Duration.ofSeconds(-5), Duration.ZERO, Duration.ofSeconds(59))) {
            Comparison found = comparison.gone(announced(), Instance.START.plus(later));

            assertThat(found.events()).isEmpty();
            assertThat(found.notes()).singleElement().asString().contains("its creation is recorded at");
        }
        assertThat(comparison.gone(announced(), Instance.START.plusSeconds(60)).events())
                .hasSize(1);
    }

    @Test
    void an_instance_with_a_newer_grant_is_not_taken_for_deleted() {
        LinkedRole recorded = announced().apply(instance.enabled(3_601, "outbound-campaigns"));

        Comparison found = comparison.gone(recorded, BEGUN);

        assertThat(found.events()).isEmpty();
        assertThat(found.notes()).singleElement().asString().contains("a feature of it is recorded as enabled at");
        assertThat(comparison
                        .gone(announced().apply(instance.disabled(3_601, "lex-bots", "a")), BEGUN)
                        .events())
                .hasSize(1);
    }

    @Test
    void an_instance_without_a_role_needs_no_deletion() {
        Comparison nothing = new Comparison(List.of(), List.of());

        assertThat(comparison.gone(LinkedRole.unknown(instance.arn()), BEGUN)).isEqualTo(nothing);
        assertThat(comparison.gone(announced().apply(instance.deleted(5)), BEGUN))
                .isEqualTo(nothing);
    }

    private LinkedRole announced() {
        return LinkedRole.unknown(instance.arn()).apply(instance.created(0));
    }

    private LinkedRole after(LinkedRole role, Row row) {
        LinkedRole after = role;
        for (RoleEvent event : mapped(row.call(), row.request(), row.response(), Instance.START.plusSeconds(5))) {
            after = after.apply(event);
        }
        return after;
    }

    private List<RoleEvent> mapped(String call, String request, String response, Instant second) {
        ObjectNode event = ApiCallEvent.of(instance, call, request, response);
        ((ObjectNode) event.get("detail")).put("eventTime", second.toString());
        return events(decoder.decode(event.toString()));
    }

    private static List<RoleEvent> events(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Mapped(List<RoleEvent> events) -> events;
            case Decoded.NeedsAlias needs -> events(needs.then().apply(Optional.of("acme-support")));
            case Decoded.NeedsAssociation needs -> events(needs.then().apply(needs.known()));
            case Decoded.Dropped dropped -> List.of();
            case Decoded.Event event -> throw new AssertionError(event);
        };
    }

    private InstanceReading reading(Settings settings) {
        return settings.reading(instance.arn(), BEGUN);
    }

    private Comparison compare(Settings settings, LinkedRole recorded) {
        return comparison.compare(reading(settings), Optional.of(recorded));
    }

    private static LinkedRole apply(LinkedRole role, Comparison found) {
        LinkedRole after = role;
        for (RoleEvent event : found.events()) {
            after = after.apply(event);
        }
        return after;
    }

    /** Returns the built-in catalog with a change, and with more rules at its end. */
    private FeatureCatalog catalog(String is, String instead, String... rules) throws IOException {
        String text = Files.readString(Path.of("src/main/resources/catalogs/amazon-connect.yaml"));
        String changed = is.isEmpty() ? text : text.replace(is, instead);
        Path file = directory.resolve("catalog.yaml");
        Files.writeString(file, changed + String.join("", rules));
        return CatalogFile.load(file.toString());
    }
}
