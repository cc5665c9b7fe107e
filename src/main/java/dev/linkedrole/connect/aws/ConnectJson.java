package dev.linkedrole.connect.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linkedrole.connect.Bot;
import dev.linkedrole.connect.ConnectCallException;
import dev.linkedrole.connect.ConnectCallException.Kind;
import dev.linkedrole.connect.ConnectInstance;
import dev.linkedrole.connect.ConnectInstance.Status;
import dev.linkedrole.connect.ConnectLocation;
import dev.linkedrole.connect.InstanceAttribute;
import dev.linkedrole.connect.InstancePage;
import dev.linkedrole.connect.Integration;
import dev.linkedrole.connect.StorageConfig;
import dev.linkedrole.connect.StorageConfig.DataStream;
import dev.linkedrole.connect.StorageConfig.DeliveryStream;
import dev.linkedrole.connect.StorageConfig.S3;
import dev.linkedrole.connect.StorageConfig.Storage;
import dev.linkedrole.connect.StorageConfig.UnknownStorage;
import dev.linkedrole.connect.StorageConfig.VideoStreams;
import dev.linkedrole.connect.Unread;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.model.LogText;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Answers of Amazon Connect as JSON (the protocol {@code restJson1}). Members that are not known here are ignored;
 * members that are needed and absent make an answer malformed.
 */
final class ConnectJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

    private ConnectJson() {}

    /** Parses a body. */
    static JsonNode parse(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            if (json.isObject()) {
                return json;
            }
            throw malformed("is no JSON object");
        } catch (JsonProcessingException e) {
            throw new ConnectCallException(Kind.MALFORMED, "an answer is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new ConnectCallException(Kind.MALFORMED, "an answer cannot be read", e);
        }
    }

    static Optional<String> nextToken(JsonNode answer) {
        return text(answer, "NextToken");
    }

    static InstancePage instances(JsonNode answer, ConnectLocation location) {
        List<ConnectInstance> instances = new ArrayList<>();
        List<Unread> unread = new ArrayList<>();
        for (JsonNode summary : array(answer, "InstanceSummaryList")) {
            try {
                instances.add(instance(summary, location));
            } catch (ConnectCallException e) {
                // One odd instance does not hide the others.
                String id = text(summary, "Arn").or(() -> text(summary, "Id")).orElse("without an ARN");
                unread.add(new Unread("instance " + LogText.of(id), e.kind(), String.valueOf(e.getMessage())));
            }
        }
        return new InstancePage(instances, unread, nextToken(answer));
    }

    static ConnectInstance describedInstance(JsonNode answer, ConnectLocation location) {
        return instance(object(answer, "Instance"), location);
    }

    private static ConnectInstance instance(JsonNode json, ConnectLocation location) {
        InstanceArn arn = arn(needed(json, "Arn"));
        if (!location.has(arn)) {
            throw malformed("names an instance elsewhere than in " + location + ": " + arn);
        }
        return new ConnectInstance(
                arn,
                text(json, "InstanceAlias"),
                status(text(json, "InstanceStatus").orElse("")),
                time(json, "CreatedTime"),
                text(json, "ServiceRole"));
    }

    private static InstanceArn arn(String text) {
        try {
            return InstanceArn.parse(text);
        } catch (InvalidValueException e) {
            throw new ConnectCallException(Kind.MALFORMED, String.valueOf(e.getMessage()), e);
        }
    }

    private static Status status(String name) {
        return Arrays.stream(Status.values())
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElse(Status.UNKNOWN);
    }

    static List<StorageConfig> storageConfigs(JsonNode answer) {
        return all(answer, "StorageConfigs", json -> new StorageConfig(text(json, "AssociationId"), storage(json)));
    }

    private static Storage storage(JsonNode json) {
        String type = needed(json, "StorageType");
        return switch (type) {
            case "S3" -> {
                JsonNode s3 = object(json, "S3Config");
                // A bucket without a prefix has an empty one.
                yield new S3(needed(s3, "BucketName"), text(s3, "BucketPrefix").orElse(""), key(s3));
            }
            case "KINESIS_VIDEO_STREAM" -> {
                JsonNode video = object(json, "KinesisVideoStreamConfig");
                yield new VideoStreams(needed(video, "Prefix"), key(video));
            }
            case "KINESIS_STREAM" -> new DataStream(needed(object(json, "KinesisStreamConfig"), "StreamArn"));
            case "KINESIS_FIREHOSE" -> new DeliveryStream(needed(object(json, "KinesisFirehoseConfig"), "FirehoseArn"));
            default -> new UnknownStorage(type);
        };
    }

    private static Optional<String> key(JsonNode config) {
        return text(config.path("EncryptionConfig"), "KeyId");
    }

    static List<Bot> bots(JsonNode answer) {
        return all(answer, "LexBots", ConnectJson::bot);
    }

    private static Bot bot(JsonNode json) {
        if (json.path("LexV2Bot").isObject()) {
            return new Bot.LexV2(needed(json.path("LexV2Bot"), "AliasArn"));
        }
        JsonNode v1 = object(json, "LexBot");
        return new Bot.LexV1(needed(v1, "Name"), needed(v1, "LexRegion"));
    }

    static List<Integration> integrations(JsonNode answer) {
        return all(
                answer,
                "IntegrationAssociationSummaryList",
                json -> new Integration(
                        needed(json, "IntegrationAssociationId"),
                        needed(json, "IntegrationType"),
                        needed(json, "IntegrationArn")));
    }

    static List<InstanceAttribute> attributes(JsonNode answer) {
        return all(
                answer,
                "Attributes",
                json -> new InstanceAttribute(needed(json, "AttributeType"), needed(json, "Value")));
    }

    private static <T> List<T> all(JsonNode answer, String member, Function<JsonNode, T> read) {
        List<T> items = new ArrayList<>();
        array(answer, member).forEach(item -> items.add(read.apply(item)));
        return items;
    }

    private static JsonNode array(JsonNode json, String member) {
        JsonNode value = json.path(member);
        if (value.isArray() || value.isMissingNode() || value.isNull()) {
            return value;
        }
        throw malformed("has a " + member + " that is no list");
    }

    private static JsonNode object(JsonNode json, String member) {
        JsonNode value = json.path(member);
        if (value.isObject()) {
            return value;
        }
        throw malformed("lacks " + member);
    }

    private static String needed(JsonNode json, String member) {
        return text(json, member).orElseThrow(() -> malformed("lacks " + member));
    }

    private static Optional<String> text(JsonNode json, String member) {
        JsonNode value = json.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (value.isTextual()) {
            return Optional.of(value.textValue()).filter(text -> !text.isEmpty());
        }
        throw malformed("has a " + member + " that is no text");
    }

    /** Reads a time: seconds since the epoch, as the protocol has it, or ISO 8601, as emulators write it. */
    private static Optional<Instant> time(JsonNode json, String member) {
        JsonNode value = json.path(member);
        try {
            if (value.isNumber()) {
                BigDecimal seconds = value.decimalValue();
                return Optional.of(Instant.ofEpochSecond(
                        seconds.longValue(),
                        seconds.remainder(BigDecimal.ONE).multiply(NANOS).longValue()));
            }
            return text(json, member).map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw new ConnectCallException(Kind.MALFORMED, "an answer has a " + member + " that is no time", e);
        }
    }

    private static ConnectCallException malformed(String what) {
        return new ConnectCallException(Kind.MALFORMED, "an answer " + what);
    }
}
