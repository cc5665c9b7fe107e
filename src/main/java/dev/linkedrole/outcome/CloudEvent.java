package dev.linkedrole.outcome;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An outcome as it is published: a CloudEvent in JSON, and what a target needs to know of it.
 *
 * @param id stays the same however often it is published
 * @param subject the instance id, if it is known
 * @param resources the ARNs that it is about
 * @param json all of it
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

    /** What is kept in order among itself. */
    String group() {
        return subject.orElse(id);
    }

    /** What can be seen from outside, for those who filter by it. */
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
