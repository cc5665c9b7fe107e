package dev.linkedrole.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** EventBridge events that hold CloudTrail's records of API calls, written from the public documentation of both. */
public final class ApiCallEvent {

    /** Stands in parameters for the instance, in whichever form. */
    public static final String INSTANCE = "INSTANCE";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ApiCallEvent() {}

    /** The forms in which records name an instance. */
    public enum Form {
        ID {
            @Override
            public String of(Instance instance) {
                return instance.id().value();
            }
        },
        ARN {
            @Override
            public String of(Instance instance) {
                return instance.arn().toString();
            }
        },
        /** As in calls that CloudFormation makes. */
        ENCODED_ARN {
            @Override
            public String of(Instance instance) {
                return URLEncoder.encode(instance.arn().toString(), StandardCharsets.UTF_8);
            }
        };

        public abstract String of(Instance instance);
    }

    /** The spellings of parameters' names. */
    public enum Spelling {
        PASCAL_CASE {
            @Override
            String of(String name) {
                return name;
            }
        },
        CAMEL_CASE {
            @Override
            String of(String name) {
                return Character.toLowerCase(name.charAt(0)) + name.substring(1);
            }
        };

        abstract String of(String name);
    }

    /**
     * Returns the event of a call.
     *
     * @param request parameters in PascalCase; {@link #INSTANCE} in them stands for the instance
     * @param response what the call answered, likewise; null if nothing
     */
    public static ObjectNode of(
            Instance instance, Form form, Spelling spelling, String call, JsonNode request, JsonNode response) {
        ObjectNode detail = JSON.createObjectNode();
        detail.put("eventVersion", "1.09");
        detail.putObject("userIdentity")
                .put("type", "AssumedRole")
                .put("accountId", instance.arn().account());
        detail.put("eventTime", Instance.START.plusSeconds(5).toString());
        detail.put("eventSource", "connect.amazonaws.com");
        detail.put("eventName", call);
        detail.put("awsRegion", instance.arn().region());
        detail.set("requestParameters", spelled(request, instance, form, spelling));
        detail.set("responseElements", spelled(response, instance, form, spelling));
        detail.put("eventID", UUID.randomUUID().toString());
        detail.put("readOnly", false);
        detail.put("eventType", "AwsApiCall");
        detail.put("managementEvent", true);
        detail.put("recipientAccountId", instance.arn().account());
        return around(instance, detail);
    }

    /** Returns the event of a call in the commonest form. */
    public static ObjectNode of(Instance instance, String call, String request, String response) {
        try {
            return of(instance, Form.ID, Spelling.PASCAL_CASE, call, JSON.readTree(request), JSON.readTree(response));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static ObjectNode around(Instance instance, ObjectNode detail) {
        ObjectNode event = JSON.createObjectNode();
        event.put("version", "0");
        event.put("id", UUID.randomUUID().toString());
        event.put("detail-type", "AWS API Call via CloudTrail");
        event.put("source", "aws.connect");
        event.put("account", instance.arn().account());
        event.put("time", detail.path("eventTime").asText());
        event.put("region", instance.arn().region());
        event.putArray("resources");
        event.set("detail", detail);
        return event;
    }

    /** Returns what SNS makes of an event. */
    public static ObjectNode inNotification(ObjectNode event) {
        return JSON.createObjectNode()
                .put("Type", "Notification")
                .put("MessageId", UUID.randomUUID().toString())
                .put("TopicArn", "arn:aws:sns:us-west-2:111122223333:calls")
                .put("Message", event.toString());
    }

    private static JsonNode spelled(JsonNode value, Instance instance, Form form, Spelling spelling) {
        if (value.isObject()) {
            ObjectNode object = JSON.createObjectNode();
            value.properties()
                    .forEach(field -> object.set(
                            spelling.of(field.getKey()), spelled(field.getValue(), instance, form, spelling)));
            return object;
        }
        if (value.isArray()) {
            ArrayNode array = JSON.createArrayNode();
            value.forEach(element -> array.add(spelled(element, instance, form, spelling)));
            return array;
        }
        return value.isTextual() && value.textValue().equals(INSTANCE)
                ? JSON.getNodeFactory().textNode(form.of(instance))
                : value;
    }
}
