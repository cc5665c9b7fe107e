package dev.linkedrole.catalog;

import dev.linkedrole.role.model.LogText;
import java.io.StringReader;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Checks each text of a catalog file against its pattern and reports the line of a fault. The file has been parsed as a
 * catalog before, so every text is in its place.
 */
final class CatalogValidator {

    private static final String MERGE = "<<";

    /** YAML types that are bound as they are written. */
    private static final Set<Tag> AS_WRITTEN = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL);

    private CatalogValidator() {}

    /** @throws MisspeltException if a text does not match its pattern; the message names the text and its line */
    static void check(String yaml) {
        Node root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
        entries(root, (key, value) -> {
            switch (text(key)) {
                case "name" -> require(CatalogGrammar.LABEL, value);
                case "service" -> require(CatalogGrammar.SERVICE, value);
                case "principal" -> require(CatalogGrammar.PRINCIPAL, value);
                case "base" -> elements(value, CatalogValidator::statement);
                case "features" ->
                    entries(value, (name, feature) -> {
                        require(CatalogGrammar.FEATURE, name);
                        feature(feature);
                    });
                case "api-calls" -> entries(value, CatalogValidator::apiCalls);
                default -> {
                    // The core checks these, with the same message.
                }
            }
        });
    }

    private static void feature(Node feature) {
        entries(feature, (key, value) -> {
            switch (text(key)) {
                case "offered" -> offer(value);
                case "withoutResource" -> elements(value, CatalogValidator::statement);
                case "resources" -> elements(value, CatalogValidator::kind);
                default -> {
                    // The authority, which was bound.
                }
            }
        });
    }

    private static void apiCalls(Node key, Node value) {
        if (text(key).equals("eventSource")) {
            require(CatalogGrammar.EVENT_SOURCE, value);
        } else {
            elements(value, CatalogValidator::apiCallRule);
        }
    }

    private static void apiCallRule(Node rule) {
        entries(rule, (key, value) -> {
            switch (text(key)) {
                case "calls" -> elements(value, call -> require(CatalogGrammar.CALL, call));
                case "when" ->
                    entries(value, (parameter, values) -> {
                        require(CatalogGrammar.PARAMETER, parameter);
                        elements(values, one -> require(CatalogGrammar.PARAMETER_VALUE, one));
                    });
                case "instance" -> elements(value, path -> require(CatalogGrammar.PARAMETER, path));
                case "region", "alias", "association" -> require(CatalogGrammar.PARAMETER, value);
                case "resources" -> elements(value, resource -> require(CatalogGrammar.CALL_RESOURCE, resource));
                default -> {
                    // The event's type, which was bound, and the feature, which the core looks up.
                }
            }
        });
    }

    private static void offer(Node offer) {
        entries(offer, (key, value) -> {
            CatalogGrammar grammar = text(key).equals("partitions") ? CatalogGrammar.PARTITION : CatalogGrammar.REGION;
            elements(value, partitionOrRegion -> require(grammar, partitionOrRegion));
        });
    }

    private static void kind(Node kind) {
        entries(kind, (key, value) -> {
            switch (text(key)) {
                case "kind" -> require(CatalogGrammar.LABEL, value);
                case "arn" -> require(CatalogGrammar.KIND_ARN, value);
                case "statements" -> elements(value, CatalogValidator::statement);
                default -> {
                    // Regular expressions, which were compiled.
                }
            }
        });
    }

    private static void statement(Node statement) {
        entries(statement, (key, value) -> {
            switch (text(key)) {
                case "actions" -> elements(value, action -> require(CatalogGrammar.ACTION, action));
                case "resources" -> elements(value, resource -> require(CatalogGrammar.RESOURCE, resource));
                case "conditions" -> entries(value, CatalogValidator::condition);
                default -> {
                    // The Sid and the effect, which the core checks.
                }
            }
        });
    }

    private static void condition(Node operator, Node keys) {
        require(CatalogGrammar.OPERATOR, operator);
        entries(keys, (key, value) -> {
            require(CatalogGrammar.CONDITION_KEY, key);
            require(CatalogGrammar.ofValues(text(operator)), value);
        });
    }

    /** Visits every entry of a map, and of the maps that are merged into it. */
    private static void entries(Node node, BiConsumer<Node, Node> each) {
        switch (node) {
            case MappingNode map ->
                map.getValue().forEach(entry -> {
                    if (text(entry.getKeyNode()).equals(MERGE)) {
                        entries(entry.getValueNode(), each);
                    } else {
                        each.accept(entry.getKeyNode(), entry.getValueNode());
                    }
                });
            case SequenceNode merged -> merged.getValue().forEach(map -> entries(map, each));
            default -> {
                // A key without a value has nothing to check.
            }
        }
    }

    private static void elements(Node node, Consumer<Node> each) {
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(each);
        }
    }

    private static void require(CatalogGrammar grammar, Node node) {
        if (node.getTag().equals(Tag.NULL)) {
            return;
        }
        String text = text(node);
        if (!AS_WRITTEN.contains(node.getTag())) {
            throw new MisspeltException(
                    "put " + LogText.of(text) + " in quotes: YAML takes it for something else", node);
        }
        grammar.objection(text).ifPresent(expected -> {
            throw new MisspeltException(expected + ", unlike " + LogText.of(text), node);
        });
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** Reports a text that does not match its pattern, with its line. */
    static final class MisspeltException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        MisspeltException(String message, Node node) {
            super(message + " (line " + (node.getStartMark().getLine() + 1) + ")");
        }
    }
}
