package dev.linkedrole.connect.comparison;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.connect.Bot;
import dev.linkedrole.connect.InstanceAttribute;
import dev.linkedrole.connect.InstanceReading;
import dev.linkedrole.connect.Integration;
import dev.linkedrole.connect.LexVersion;
import dev.linkedrole.connect.StorageConfig;
import dev.linkedrole.connect.Unread;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Part of an instance's settings, which a reading has or lacks as a whole. */
sealed interface Part {

    // Calls by which Amazon Connect's settings come to be as they are.
    String ASSOCIATE_STORAGE = "AssociateInstanceStorageConfig";
    String UPDATE_STORAGE = "UpdateInstanceStorageConfig";
    String ASSOCIATE_LEX_BOT = "AssociateLexBot";
    String ASSOCIATE_BOT = "AssociateBot";
    String CREATE_INTEGRATION = "CreateIntegrationAssociation";
    String UPDATE_ATTRIBUTE = "UpdateInstanceAttribute";

    /** Returns its name, by which a reading says that it could not be read. */
    String name();

    /** Returns the calls that would have led to this part of a reading; empty if it was not read. */
    Optional<List<SettingCall>> calls(InstanceReading reading);

    /** Returns clauses about what this part of a reading leaves open although it was read. */
    List<String> open(InstanceReading reading);

    /**
     * Returns clauses about what this part of a reading says nothing of. They matter only where a recorded grant was not
     * found.
     */
    default List<String> unsaid(InstanceReading reading) {
        return List.of();
    }

    /** Returns clauses about what is not known of this part. */
    default List<String> gaps(InstanceReading reading) {
        return calls(reading).isPresent() ? open(reading) : List.of(whyNotRead(reading));
    }

    private String whyNotRead(InstanceReading reading) {
        return reading.unread().stream()
                .filter(unread -> unread.part().equals(name()))
                .findFirst()
                .map(Unread::reason)
                .map(reason -> name() + " could not be read: " + reason)
                .orElseGet(() -> name() + " was not read");
    }

    /** The places of one type of stored data. */
    record Storage(String type) implements Part {

        @Override
        public String name() {
            return "storage " + type;
        }

        @Override
        public Optional<List<SettingCall>> calls(InstanceReading reading) {
            return Optional.ofNullable(reading.storage().get(type))
                    .map(places -> places.stream().flatMap(this::calls).toList());
        }

        private Stream<SettingCall> calls(StorageConfig place) {
            return Stream.of(ASSOCIATE_STORAGE, UPDATE_STORAGE).map(name -> {
                SettingCall call = SettingCall.of(name);
                call.request().put("ResourceType", type);
                put(place.storage(), call.request().putObject("StorageConfig"));
                place.associationId().ifPresent(id -> call.response().put("AssociationId", id));
                return call;
            });
        }

        private static void put(StorageConfig.Storage storage, ObjectNode config) {
            switch (storage) {
                case StorageConfig.S3 s3 -> {
                    ObjectNode inner = config.put("StorageType", "S3").putObject("S3Config");
                    inner.put("BucketName", s3.bucket()).put("BucketPrefix", s3.prefix());
                    encrypted(s3.kmsKey(), inner);
                }
                case StorageConfig.VideoStreams video -> {
                    ObjectNode inner =
                            config.put("StorageType", "KINESIS_VIDEO_STREAM").putObject("KinesisVideoStreamConfig");
                    inner.put("Prefix", video.prefix());
                    encrypted(video.kmsKey(), inner);
                }
                case StorageConfig.DataStream stream ->
                    config.put("StorageType", "KINESIS_STREAM")
                            .putObject("KinesisStreamConfig")
                            .put("StreamArn", stream.arn());
                case StorageConfig.DeliveryStream stream ->
                    config.put("StorageType", "KINESIS_FIREHOSE")
                            .putObject("KinesisFirehoseConfig")
                            .put("FirehoseArn", stream.arn());
                case StorageConfig.UnknownStorage unknown -> config.put("StorageType", unknown.type());
            }
        }

        private static void encrypted(Optional<String> kmsKey, ObjectNode config) {
            kmsKey.ifPresent(key -> config.putObject("EncryptionConfig")
                    .put("EncryptionType", "KMS")
                    .put("KeyId", key));
        }

        @Override
        public List<String> open(InstanceReading reading) {
            return reading.storage().getOrDefault(type, List.of()).stream()
                    .map(StorageConfig::storage)
                    .filter(StorageConfig.UnknownStorage.class::isInstance)
                    .map(StorageConfig.UnknownStorage.class::cast)
                    .map(unknown ->
                            name() + " is in a place of a type that this version does not know: " + unknown.type())
                    .toList();
        }
    }

    /** The bots of one version of Amazon Lex. */
    record Bots(LexVersion version) implements Part {

        @Override
        public String name() {
            return "bots " + version;
        }

        @Override
        public Optional<List<SettingCall>> calls(InstanceReading reading) {
            return Optional.ofNullable(reading.bots().get(version))
                    .map(bots -> bots.stream().flatMap(Bots::calls).toList());
        }

        private static Stream<SettingCall> calls(Bot bot) {
            return switch (bot) {
                case Bot.LexV1 v1 ->
                    Stream.of(ASSOCIATE_LEX_BOT, ASSOCIATE_BOT).map(name -> {
                        SettingCall call = SettingCall.of(name);
                        call.request()
                                .putObject("LexBot")
                                .put("Name", v1.name())
                                .put("LexRegion", v1.region());
                        return call;
                    });
                case Bot.LexV2 v2 -> {
                    SettingCall call = SettingCall.of(ASSOCIATE_BOT);
                    call.request().putObject("LexV2Bot").put("AliasArn", v2.aliasArn());
                    yield Stream.of(call);
                }
            };
        }

        @Override
        public List<String> open(InstanceReading reading) {
            return List.of();
        }
    }

    /** The integrations with other services. */
    record Integrations() implements Part {

        @Override
        public String name() {
            return "integrations";
        }

        @Override
        public Optional<List<SettingCall>> calls(InstanceReading reading) {
            return reading.integrations()
                    .map(all -> all.stream().map(Integrations::call).toList());
        }

        private static SettingCall call(Integration integration) {
            SettingCall call = SettingCall.of(CREATE_INTEGRATION);
            call.request().put("IntegrationType", integration.type()).put("IntegrationArn", integration.arn());
            call.response().put("IntegrationAssociationId", integration.id());
            return call;
        }

        @Override
        public List<String> open(InstanceReading reading) {
            return List.of();
        }
    }

    /**
     * The attributes.
     *
     * @param needed types that the rule is about; one that a reading lacks is neither on nor off
     */
    record Attributes(SortedSet<String> needed) implements Part {

        private static final List<String> VALUES = List.of("true", "false");

        @Override
        public String name() {
            return "attributes";
        }

        @Override
        public Optional<List<SettingCall>> calls(InstanceReading reading) {
            return reading.attributes()
                    .map(all -> all.stream().map(Attributes::call).toList());
        }

        private static SettingCall call(InstanceAttribute attribute) {
            SettingCall call = SettingCall.of(UPDATE_ATTRIBUTE);
            call.request().put("AttributeType", attribute.type()).put("Value", attribute.value());
            return call;
        }

        @Override
        public List<String> open(InstanceReading reading) {
            return reading.attributes().orElseGet(List::of).stream()
                    .filter(attribute -> needed.contains(attribute.type()))
                    .filter(attribute -> VALUES.stream().noneMatch(attribute.value()::equalsIgnoreCase))
                    .map(attribute -> clause(attribute.type()))
                    .toList();
        }

        /** The API's model requires no attribute in the list. */
        @Override
        public List<String> unsaid(InstanceReading reading) {
            NavigableSet<String> absent = new TreeSet<>(needed);
            reading.attributes()
                    .ifPresentOrElse(
                            all -> all.stream().map(InstanceAttribute::type).forEach(absent::remove), absent::clear);
            return absent.stream().map(Attributes::clause).toList();
        }

        private static String clause(String type) {
            return "Amazon Connect does not say whether " + type + " is on";
        }
    }
}
