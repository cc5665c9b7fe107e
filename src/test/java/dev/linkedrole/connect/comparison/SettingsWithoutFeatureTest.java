package dev.linkedrole.connect.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.catalog.CatalogFile;
import dev.linkedrole.connectmodel.ApiModel;
import dev.linkedrole.intake.envelope.ClockTolerance;
import dev.linkedrole.intake.envelope.Decoded;
import dev.linkedrole.intake.envelope.MessageDecoder;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.RoleEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every setting that the API's public model has, and the feature that it enables in the built-in catalogs. */
class SettingsWithoutFeatureTest {

    private static final ApiModel API = ApiModel.get();
    private static final Path PAGE = Path.of("docs/connect.md");
    private static final String HEADING = "\n### Settings without a feature\n";
    private static final Pattern SETTING = Pattern.compile("`([A-Z0-9_]+)`");
    private static final InstanceArn INSTANCE =
            InstanceArn.parse("arn:aws:connect:us-west-2:111122223333:instance/0b6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c01");

    @ParameterizedTest
    @ValueSource(strings = {"amazon-connect", "amazon-connect-2026"})
    void each_setting_enables_the_feature_that_the_page_says(String catalog) {
        SortedMap<String, String> expected = new TreeMap<>();
        expected.put("AGENT_EVENTS", "agent-events");
        expected.put("CALL_RECORDINGS", "call-recordings");
        expected.put("CONTACTFLOW_LOGS", "contact-flow-logs");
        expected.put("CONTACT_TRACE_RECORDS", "contact-records");
        expected.put("HIGH_VOLUME_OUTBOUND", "outbound-campaigns");
        expected.put("SCHEDULED_REPORTS", "exported-reports");
        expected.put("V1", "lex-bots");
        expected.put("VOICE_ID", "voice-id");

        assertThat(enabledBy(CatalogFile.load(catalog))).isEqualTo(expected);
    }

    @Test
    void the_page_names_each_setting_that_enables_nothing() throws IOException {
        SortedSet<String> without = new TreeSet<>();
        settings().forEach(setting -> without.add(setting.name()));
        without.removeAll(enabledBy(CatalogFile.load("amazon-connect-2026")).keySet());

        assertThat(onPage()).isEqualTo(without);
    }

    private static SortedSet<String> onPage() throws IOException {
        String section = Files.readString(PAGE).split(HEADING, 2)[1].split("\n## ", 2)[0];
        SortedSet<String> names = new TreeSet<>();
        section.lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> SETTING.matcher(line.split("\\|", -1)[1]).results())
                .forEach(name -> names.add(name.group(1)));
        return names;
    }

    /** A setting by its name in the API's model, and a call that makes it. */
    private record Setting(String name, SettingCall call) {}

    private static Stream<Setting> settings() {
        return Stream.of(
                        API.values("InstanceStorageResourceType").stream()
                                .flatMap(type ->
                                        API.values("StorageType").stream().map(place -> stored(type, place))),
                        API.values("LexVersion").stream().map(SettingsWithoutFeatureTest::bot),
                        API.values("IntegrationType").stream().map(SettingsWithoutFeatureTest::integration),
                        API.values("InstanceAttributeType").stream().map(SettingsWithoutFeatureTest::attribute))
                .flatMap(each -> each);
    }

    private static Setting stored(String type, String place) {
        SettingCall call = SettingCall.of(Part.ASSOCIATE_STORAGE);
        ObjectNode config = call.request()
                .put("ResourceType", type)
                .putObject("StorageConfig")
                .put("StorageType", place);
        switch (place) {
            case "S3" -> config.putObject("S3Config").put("BucketName", "acme").put("BucketPrefix", "calls");
            case "KINESIS_VIDEO_STREAM" ->
                config.putObject("KinesisVideoStreamConfig").put("Prefix", "acme");
            case "KINESIS_STREAM" ->
                config.putObject("KinesisStreamConfig")
                        .put("StreamArn", "arn:aws:kinesis:us-west-2:111122223333:stream/acme");
            case "KINESIS_FIREHOSE" ->
                config.putObject("KinesisFirehoseConfig")
                        .put("FirehoseArn", "arn:aws:firehose:us-west-2:111122223333:deliverystream/acme");
            default -> throw new IllegalStateException("the API has a new place: " + place);
        }
        return new Setting(type, call);
    }

    private static Setting bot(String version) {
        SettingCall call = SettingCall.of(Part.ASSOCIATE_BOT);
        switch (version) {
            case "V1" -> call.request().putObject("LexBot").put("Name", "acme").put("LexRegion", "us-west-2");
            case "V2" ->
                call.request()
                        .putObject("LexV2Bot")
                        .put("AliasArn", "arn:aws:lex:us-west-2:111122223333:bot-alias/ABCDEFGHIJ/TSTALIASID");
            default -> throw new IllegalStateException("the API has a new version of Lex: " + version);
        }
        return new Setting(version, call);
    }

    private static Setting integration(String type) {
        SettingCall call = SettingCall.of(Part.CREATE_INTEGRATION);
        call.request()
                .put("IntegrationType", type)
                .put("IntegrationArn", "arn:aws:voiceid:us-west-2:111122223333:domain/acme");
        return new Setting(type, call);
    }

    private static Setting attribute(String type) {
        SettingCall call = SettingCall.of(Part.UPDATE_ATTRIBUTE);
        call.request().put("AttributeType", type).put("Value", "true");
        return new Setting(type, call);
    }

    private static SortedMap<String, String> enabledBy(FeatureCatalog catalog) {
        MessageDecoder decoder =
                new MessageDecoder(catalog, new ClockTolerance(InstantSource.fixed(SettingCall.TIME), Duration.ZERO));
        SortedMap<String, String> enabled = new TreeMap<>();
        settings()
                .forEach(setting -> events(decoder.decode(setting.call().message("connect.amazonaws.com", INSTANCE)))
                        .filter(RoleEvent.FeatureEnabled.class::isInstance)
                        .forEach(event -> enabled.put(setting.name(), ((RoleEvent.FeatureEnabled) event).feature())));
        return enabled;
    }

    private static Stream<RoleEvent> events(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Mapped(List<RoleEvent> events) -> events.stream();
            case Decoded.NeedsAlias needs -> events(needs.then().apply(Optional.of("acme")));
            case Decoded.NeedsAssociation needs -> events(needs.then().apply(needs.known()));
            case Decoded.Dropped dropped -> Stream.empty();
            case Decoded.Event event -> throw new IllegalStateException("a call was read as " + event);
        };
    }
}
