package dev.linkedrole.intake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.linkedrole.role.catalog.ApiCallRule;
import dev.linkedrole.role.catalog.ParameterTemplate;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.InvalidValueException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Record of an API call that CloudTrail made and EventBridge delivers. Each field is read when it is needed, so that a
 * record of no interest may lack any of the others.
 *
 * @param detail the record
 * @see <a
 *     href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html">the
 *     record's fields</a>
 */
record ApiCall(JsonFields detail) {

    private static final String DETAIL_TYPE = "AWS API Call via CloudTrail";
    private static final String ERROR_CODE = "errorCode";
    private static final String READ_ONLY = "readOnly";
    private static final Pattern MASKED = Pattern.compile("\\*{3}.*|HIDDEN_DUE_TO_SECURITY_REASONS", Pattern.DOTALL);
    private static final Pattern PARTS = Pattern.compile("\\.");

    /** Recognizes an EventBridge event with the record of an API call, whoever its source is. */
    static boolean isIn(JsonFields event) {
        return !event.has("specversion")
                && !EnvelopeReader.carriesCloudEvent(event.object())
                && DETAIL_TYPE.equals(event.object().path("detail-type").asText());
    }

    static ApiCall in(JsonFields event) {
        return new ApiCall(event.object("detail", "CloudTrail's record of an API call"));
    }

    /** Returns the called service, such as {@code connect.amazonaws.com}. */
    String service() {
        return detail.text("eventSource", "the service that was called");
    }

    String name() {
        return detail.text("eventName", "the name of the API call");
    }

    boolean failed() {
        return detail.has(ERROR_CODE);
    }

    boolean readOnly() {
        return detail.object().path(READ_ONLY).asText().equals("true");
    }

    /** Returns the id of the event that has this number among those of the call. */
    EventId eventId(int number) {
        return new EventId(detail.text("eventID", "the id of the record") + "#" + number, service());
    }

    /** Returns the second in which the call was made; CloudTrail knows no finer time. */
    Instant second() {
        return detail.time("eventTime").truncatedTo(ChronoUnit.SECONDS);
    }

    /** Returns a parameter, or a part of the answer. The case of its names does not matter. */
    CallValue value(String path) {
        JsonNode value = detail.object();
        for (String name : PARTS.splitAsStream(path).toList()) {
            value = child(value, name);
            if (value.isTextual() && MASKED.matcher(value.textValue()).matches()) {
                return new CallValue.Masked();
            }
        }
        if (!value.isValueNode() || value.isNull() || value.asText().isBlank()) {
            return new CallValue.Absent();
        }
        return new CallValue.Present(JsonFields.bounded(detail.nameOf(path), value.asText()));
    }

    private static JsonNode child(JsonNode object, String name) {
        return object.has(name)
                ? object.get(name)
                : object.propertyStream()
                        .filter(field -> field.getKey().equalsIgnoreCase(name))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(MissingNode.getInstance());
    }

    /** True if a parameter's value is this one, whatever its case. */
    boolean equalTo(ParameterTemplate expected, String value) {
        Map<String, String> ofCall = new HashMap<>();
        expected.names().forEach(name -> ofCall.put(name, name.equals("region") ? region() : account()));
        return expected.fill(ofCall).equalsIgnoreCase(value);
    }

    private String region() {
        return detail.text("awsRegion", "the region of the call");
    }

    private String account() {
        return detail.text("recipientAccountId", "the account of the instance");
    }

    /**
     * Returns the instance that a parameter names: by an ARN, by an ARN with its colons and slashes encoded as in a
     * URL, or by its id alone.
     */
    InstanceArn instance(String path, String text, ApiCallRule rule, String service) {
        try {
            String plain = text.contains("%") ? URLDecoder.decode(text, StandardCharsets.UTF_8) : text;
            return plain.startsWith("arn:") ? InstanceArn.parse(plain) : ofId(plain, rule, service);
        } catch (InvalidValueException e) {
            throw detail.invalid(path, "is wrong: " + e.getMessage());
        } catch (IllegalArgumentException notEncoded) {
            throw detail.invalid(path, "must be an instance id or ARN, plain or percent-encoded");
        }
    }

    private InstanceArn ofId(String id, ApiCallRule rule, String service) {
        String region = rule.region()
                .map(this::value)
                .filter(CallValue.Present.class::isInstance)
                .map(found -> ((CallValue.Present) found).text())
                .orElseGet(this::region);
        return new InstanceArn(
                PartitionMetadata.of(Region.of(region)).id(),
                service,
                region,
                account(),
                new InstanceId(id.toLowerCase(Locale.ROOT)));
    }
}
