package dev.linkedrole.agreement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** A change of a document by hand: a member or an element added, revoked, emptied or of another type, at any depth. */
final class Mutation {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final List<String> NAMES = List.of(
            "Version",
            "Id",
            "Statement",
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition",
            "StringEquals",
            "StringNotEquals",
            "Bool",
            "Null",
            "aws:SourceAccount",
            "AWS",
            "Service",
            "resource",
            "Comment");

    private static final List<String> VALUES = List.of(
            "[]",
            "{}",
            "\"\"",
            "null",
            "true",
            "7",
            "\"*\"",
            "\"Allow\"",
            "\"Deny\"",
            "\"2008-10-17\"",
            "[\"*\"]",
            "[\"*\",\"s3:GetObject\"]",
            "\"s3:GetObject\"",
            "\"111122223333\"",
            "[7]",
            "[[]]",
            "{\"aws:SourceAccount\":[]}",
            "{\"aws:SourceAccount\":\"999999999999\"}",
            "{\"StringEquals\":{\"aws:SourceAccount\":[]}}",
            "{\"StringEquals\":{\"aws:SourceAccount\":\"999999999999\"}}",
            "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}");

    private final Random random;
    private final List<Runnable> changes = new ArrayList<>();

    private Mutation(Random random) {
        this.random = random;
    }

    /** Returns a copy of the document with one change. */
    static JsonNode of(JsonNode document, Random random) {
        JsonNode copy = document.deepCopy();
        Mutation mutation = new Mutation(random);
        mutation.collect(copy);
        mutation.changes.get(random.nextInt(mutation.changes.size())).run();
        return copy;
    }

    private void collect(JsonNode node) {
        switch (node) {
            case ObjectNode object -> {
                String added = NAMES.get(random.nextInt(NAMES.size()));
                changes.add(() -> object.set(added, anything()));
                object.properties().forEach(member -> {
                    changes.add(() -> object.remove(member.getKey()));
                    replacements(member.getValue(), value -> object.set(member.getKey(), value));
                    collect(member.getValue());
                });
            }
            case ArrayNode array -> {
                changes.add(() -> array.insert(random.nextInt(array.size() + 1), anything()));
                for (int i = 0; i < array.size(); i++) {
                    int at = i;
                    changes.add(() -> array.remove(at));
                    replacements(array.get(at), value -> array.set(at, value));
                    collect(array.get(at));
                }
            }
            default -> {
                // The value there was replaced already.
            }
        }
    }

    private void replacements(JsonNode value, Consumer<JsonNode> replace) {
        changes.add(() -> replace.accept(anything()));
        changes.add(() -> replace.accept(NODES.arrayNode()));
        changes.add(() -> replace.accept(NODES.arrayNode().add(value)));
        changes.add(() -> replace.accept(NODES.arrayNode().add(value).add(anything())));
        if (value.isTextual()) {
            changes.add(() -> replace.accept(NODES.textNode(value.asText() + "x")));
            changes.add(() -> replace.accept(
                    NODES.textNode(value.asText().substring(0, value.asText().length() / 2))));
        }
    }

    private JsonNode anything() {
        try {
            return JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
