package dev.linkedrole.connect.comparison;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.role.model.InstanceArn;
import java.time.Instant;

/**
 * An API call that would have led to a setting.
 *
 * @param name name of the call
 * @param request its parameters, by Amazon Connect's names, without that of the instance
 * @param response its answer
 */
record SettingCall(String name, ObjectNode request, ObjectNode response) {

    /** Time of every call. It means nothing, since the time of an event is that of the reading. */
    static final Instant TIME = Instant.EPOCH;

    static SettingCall of(String name) {
        return new SettingCall(name, JsonNodeFactory.instance.objectNode(), JsonNodeFactory.instance.objectNode());
    }

    /** Returns the record that CloudTrail would have made of the call, as EventBridge would have delivered it. */
    String message(String eventSource, InstanceArn instance) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("detail-type", "AWS API Call via CloudTrail");
        ObjectNode detail = event.putObject("detail");
        detail.put("eventSource", eventSource)
                .put("eventName", name)
                .put("eventTime", TIME.toString())
                .put("eventID", name)
                .put("awsRegion", instance.region())
                .put("recipientAccountId", instance.account());
        detail.putObject("requestParameters")
                .put("InstanceId", instance.id().value())
                .setAll(request);
        detail.set("responseElements", response);
        return event.toString();
    }
}
