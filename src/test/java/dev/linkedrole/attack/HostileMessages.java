package dev.linkedrole.attack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.ApiCallEvent;
import dev.linkedrole.testing.Envelopes;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.ContractTable;
import dev.linkedrole.testing.iam.GrantTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Mutation fuzzer of message bodies: valid bodies with a few changes in ARNs, in the tree of JSON, in the envelopes, or
 * in the characters. Nearly valid bodies get furthest; others are rejected for their first fault.
 */
public final class HostileMessages {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<GrantTable.Row> ROWS = ContractTable.rows().toList();
    private static final List<String> REGIONS = List.of("us-west-2", "eu-central-1", "us-gov-west-1");
    private static final List<String> ACCOUNTS = List.of("111122223333", "444455556666", "000000000000");
    private static final int MAX_CHANGES = 3;
    private static final int LARGE = 300_000;

    private final Random random;

    public HostileMessages(Random random) {
        this.random = random;
    }

    /** Stream of such messages that SQS accepts. */
    public Stream<String> sendable() {
        return Stream.generate(this::next).filter(HostileMessages::sqsTakes);
    }

    /** True if SQS accepts a body: XML characters only, and not too large with its attributes. */
    private static boolean sqsTakes(String body) {
        return !body.isEmpty()
                && body.length() < LARGE
                && body.codePoints()
                        .allMatch(c -> c == '\t'
                                || c == '\n'
                                || c == '\r'
                                || (c >= ' ' && c <= 0xD7FF)
                                || (c >= 0xE000 && c <= 0xFFFD)
                                || c >= 0x10000);
    }

    /** Returns the next message. */
    String next() {
        ObjectNode event = event();
        for (int i = random.nextInt(MAX_CHANGES + 1); i > 0; i--) {
            changeTree(event);
        }
        String body = envelopes(event);
        for (int i = random.nextInt(4) == 0 ? 1 + random.nextInt(MAX_CHANGES) : 0; i > 0; i--) {
            body = changeText(body);
        }
        return body;
    }

    /** Returns the next message with an API call, changed likewise. */
    String nextCall() {
        ObjectNode event = ApiCallEvent.of(Instance.random(), "AssociateInstanceStorageConfig", """
                 {"InstanceId": "INSTANCE", "ResourceType": "CALL_RECORDINGS", "StorageConfig":
                  {"StorageType": "S3", "S3Config": {"BucketName": "acme", "BucketPrefix": "calls"}}}\
                 """, "null");
        ObjectNode detail = (ObjectNode) event.get("detail");
        for (int i = random.nextInt(MAX_CHANGES + 1); i > 0; i--) {
            changeTree(detail);
        }
        String body = (random.nextInt(4) == 0 ? ApiCallEvent.inNotification(event) : event).toString();
        return random.nextInt(4) == 0 ? changeText(body) : body;
    }

    // What is right

    private ObjectNode event() {
        Instance instance = Instance.random();
        GrantTable.Row row = any(ROWS);
        String[] resources = row.resources().toArray(String[]::new);
        RoleEvent event = switch (random.nextInt(8)) {
            case 0 -> instance.created(0);
            case 1 -> instance.deleted(3);
            case 2 -> instance.disabled(2, row.feature(), resources);
            default -> instance.enabled(1, row.feature(), resources);
        };
        Envelopes wrapping = random.nextBoolean() ? Envelopes.CLOUD_EVENT : Envelopes.EVENT_BRIDGE;
        return wrapping.wrap(event);
    }

    // The tree

    private void changeTree(ObjectNode event) {
        switch (random.nextInt(6)) {
            case 0, 1, 2 -> changeArn(event);
            case 3 -> replace(event);
            case 4 -> move(event);
            default -> repeat(event);
        }
    }

    /** Changes one of the texts that look like ARNs, since they decide on the grants. */
    private void changeArn(ObjectNode event) {
        List<Place> arns = Place.allIn(event).stream()
                .filter(place -> place.value().asText("").startsWith("arn:"))
                .toList();
        if (!arns.isEmpty()) {
            Place place = any(arns);
            place.set(JSON.getNodeFactory().textNode(changedArn(place.value().asText())));
        }
    }

    private String changedArn(String arn) {
        List<String> parts = new ArrayList<>(List.of(arn.split(":", -1)));
        int at = random.nextInt(parts.size());
        switch (random.nextInt(9)) {
            case 0 -> parts.remove(at);
            case 1 -> parts.add(at, random.nextBoolean() ? "" : parts.get(at));
            case 2 -> parts.set(at, any(HostileText.PIECES));
            case 3 -> parts.set(at, parts.get(at) + any(HostileText.PIECES));
            case 4 -> parts.set(at, parts.get(at).toUpperCase(Locale.ROOT));
            case 5 -> set(parts, 3, any(REGIONS));
            case 6 -> set(parts, 4, any(ACCOUNTS));
            case 7 -> set(parts, 1, random.nextBoolean() ? "aws-cn" : "aws-us-gov");
            default -> {
                return insert(arn, any(HostileText.PIECES));
            }
        }
        return String.join(":", parts);
    }

    private static void set(List<String> parts, int at, String value) {
        if (at < parts.size() && !parts.get(at).isEmpty()) {
            parts.set(at, value);
        }
    }

    private void replace(ObjectNode event) {
        Place place = any(Place.allIn(event));
        place.set(
                random.nextBoolean()
                        ? JSON.getNodeFactory().textNode(any(HostileText.TEXTS))
                        : place.value().isTextual()
                                ? JSON.getNodeFactory()
                                        .textNode(insert(place.value().asText(), any(HostileText.PIECES)))
                                : JSON.getNodeFactory().rawValueNode(new RawValue(any(HostileText.JSON))));
    }

    /** Moves a value to the place of another one. */
    private void move(ObjectNode event) {
        List<Place> places = Place.allIn(event);
        any(places).set(any(places).value().deepCopy());
    }

    private void repeat(ObjectNode event) {
        JsonNode data = event.has("data") ? event.get("data") : event.path("detail");
        if (data.path("resources") instanceof ArrayNode resources && !resources.isEmpty()) {
            JsonNode first = resources.get(0);
            int count = any(List.of(1, 2, 999, 1_000, 1_001));
            for (int i = 0; i < count; i++) {
                resources.add(first.asText() + (random.nextBoolean() ? i : ""));
            }
        } else {
            event.set("more", event.deepCopy());
        }
    }

    // What is around it

    private String envelopes(ObjectNode event) {
        String body = event.toString();
        int layers = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
        for (int i = 0; i < layers; i++) {
            body = switch (random.nextInt(4)) {
                case 0 ->
                    "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"feature-enabled\",\"data\":"
                            + body + "}";
                case 1 -> "{\"detail-type\":\"Feature Enabled\",\"id\":\"1\",\"source\":\"s\",\"detail\":" + body + "}";
                default -> "{\"Type\":\"Notification\",\"Message\":" + quoted(body) + "}";
            };
        }
        return body;
    }

    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    // The characters

    private String changeText(String body) {
        int at = random.nextInt(body.length() + 1);
        int end = Math.min(body.length(), at + random.nextInt(40));
        return switch (random.nextInt(9)) {
            case 0 -> body.substring(0, at);
            case 1 -> body.substring(0, at) + body.substring(end);
            case 2 -> body.substring(0, at) + body.substring(at, end).repeat(3) + body.substring(end);
            case 3 -> insert(body, any(HostileText.JSON));
            case 4 -> insert(body, String.format("\\u%04x", random.nextInt(0x10000)));
            case 5 -> insert(body, Character.toString((char) random.nextInt(0x10000)));
            case 6 -> body + any(HostileText.PIECES);
            case 7 -> any(HostileText.PIECES) + body;
            default -> insert(body, any(HostileText.PIECES));
        };
    }

    private String insert(String text, String piece) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + piece + text.substring(at);
    }

    private <T> T any(List<T> list) {
        return Objects.requireNonNull(list.get(random.nextInt(list.size())));
    }

    /** Place of a value in a tree. */
    private record Place(JsonNode parent, String field, int index) {

        static List<Place> allIn(JsonNode tree) {
            List<Place> places = new ArrayList<>();
            collect(tree, places);
            return places;
        }

        private static void collect(JsonNode node, List<Place> places) {
            node.properties().forEach(field -> {
                places.add(new Place(node, field.getKey(), -1));
                collect(field.getValue(), places);
            });
            for (int i = 0; node.isArray() && i < node.size(); i++) {
                places.add(new Place(node, "", i));
                collect(node.get(i), places);
            }
        }

        JsonNode value() {
            return parent.isArray() ? parent.get(index) : parent.get(field);
        }

        void set(JsonNode value) {
            if (parent instanceof ArrayNode array) {
                array.set(index, value);
            } else if (parent instanceof ObjectNode object) {
                object.set(field, value);
            }
        }
    }
}
