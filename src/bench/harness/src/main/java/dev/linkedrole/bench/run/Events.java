package dev.linkedrole.bench.run;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Events as producers send them: CloudEvents of instances that are numbered from a start. */
final class Events {

    private static final Instant BEGIN = Instant.parse("2026-11-23T09:00:00Z");

    /** What tells the events, and instances, of one run from those of another one on the same servers. */
    private final int run;

    Events(int run) {
        this.run = run;
    }

    /** The same for the same number, and spread evenly over all ids. */
    String instance(int number) {
        return UUID.nameUUIDFromBytes(("instance " + run + " " + number).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static String arn(String instance) {
        return "arn:aws:connect:us-east-1:000000000000:instance/" + instance;
    }

    String created(int instance) {
        String id = instance(instance);
        return event("c" + instance, "instance-created", id, BEGIN, ",\"alias\":\"bench-" + instance + "\"");
    }

    /** Enables recordings in a bucket of its own. */
    String enabled(int instance, int grant) {
        String id = instance(instance);
        return event(
                "e" + instance + "-" + grant,
                "feature-enabled",
                id,
                BEGIN.plusSeconds(grant + 1L),
                ",\"feature\":\"call-recordings\",\"resources\":[\"arn:aws:s3:::bucket-" + grant + "\"]");
    }

    /** Enables (even turns) and disables (odd turns) one and the same grant, so that the state stays as large as it is. */
    String toggled(int instance, int turn) {
        String id = instance(instance);
        return event(
                "t" + instance + "-" + turn,
                turn % 2 == 0 ? "feature-enabled" : "feature-disabled",
                id,
                BEGIN.plusSeconds(1_000L + turn),
                ",\"feature\":\"call-recordings\",\"resources\":[\"arn:aws:s3:::toggled\"]");
    }

    /** Many grants in one event. */
    String enabledMany(int instance, int from, int count) {
        return many("feature-enabled", instance, from, count, BEGIN.plusSeconds(1));
    }

    String disabledMany(int instance, int from, int count) {
        return many("feature-disabled", instance, from, count, BEGIN.plusSeconds(2));
    }

    private String many(String type, int instance, int from, int count, Instant time) {
        String buckets = IntStream.range(from, from + count)
                .mapToObj(grant -> "\"arn:aws:s3:::bucket-" + grant + "\"")
                .collect(Collectors.joining(","));
        return event(
                type + instance + "-" + from,
                type,
                instance(instance),
                time,
                ",\"feature\":\"call-recordings\",\"resources\":[" + buckets + "]");
    }

    private String event(String id, String type, String instance, Instant time, String data) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + run + "-" + id + "\",\"source\":\"bench\",\"type\":\"" + type
                + "\",\"time\":\"" + time + "\",\"subject\":\"" + instance + "\",\"data\":{\"instanceArn\":\""
                + arn(instance)
                + "\"" + data + "}}";
    }

    List<String> created(int from, int count) {
        List<String> events = new ArrayList<>(count);
        for (int i = from; i < from + count; i++) {
            events.add(created(i));
        }
        return events;
    }

    /** One grant for each instance. */
    List<String> spread(int from, int count) {
        List<String> events = new ArrayList<>(count);
        for (int i = from; i < from + count; i++) {
            events.add(enabled(i, 0));
        }
        return events;
    }

    /** Many grants for an instance, then as many for the next. */
    List<String> bursts(int from, int instances, int grants) {
        List<String> events = new ArrayList<>(instances * grants);
        for (int i = from; i < from + instances; i++) {
            for (int grant = 0; grant < grants; grant++) {
                events.add(enabled(i, grant));
            }
        }
        return events;
    }

    List<String> toggles(List<Integer> instances, int turn) {
        return instances.stream().map(instance -> toggled(instance, turn)).toList();
    }
}
