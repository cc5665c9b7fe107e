package dev.linkedrole.outcome;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An outcome as it is published: a CloudEvent in JSON, with the fields that targets route and order by.
 *
 * @param id id of the event, the same in every publication
 * @param subject the instance id, if it is known
 * @param resources ARNs of the instance and its role
 * @param json the whole event as JSON
 */
record CloudEvent(
        String id,
        String source,
        String type,
        Optional<String> subject,
        Instant time,
        List<String> resources,
        String json) {

    CloudEvent {
        resources = List.copyOf(resources);
    }

    /** Ordering key: events of one group are published in order. */
    String group() {
        return subject.orElse(id);
    }

    /** Message attributes that subscribers can filter by. */
    Map<String, String> attributes() {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("content-type", "application/cloudevents+json; charset=UTF-8");
        attributes.put("source", source);
        attributes.put("type", type);
        subject.ifPresent(instance -> attributes.put("subject", instance));
        return attributes;
    }

    int bytes() {
        return json.getBytes(StandardCharsets.UTF_8).length;
    }
}
