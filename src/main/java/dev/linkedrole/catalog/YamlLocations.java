package dev.linkedrole.catalog;

import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Line numbers in a YAML text, for messages that name the line of a fault. */
final class YamlLocations {

    private static final String MERGE = "<<";

    /** Keys of the format, which messages mention without quoting the file. */
    private static final Set<String> KEYS = Set.of(
            "name",
            "service",
            "principal",
            "description",
            "features",
            "authority",
            "producers",
            "offered",
            "partitions",
            "regions",
            "resources",
            "kind",
            "arn",
            "where",
            "statements",
            "sid",
            "actions",
            "conditions",
            "api-calls",
            "eventSource",
            "rules",
            "calls",
            "when",
            "instance",
            "region",
            "event",
            "alias",
            "association",
            "feature",
            "replaces");

    private final Node root;

    private YamlLocations(Node root) {
        this.root = root;
    }

    static YamlLocations of(String yaml) {
        return new YamlLocations(new Yaml(new LoaderOptions()).compose(new StringReader(yaml)));
    }

    /** Returns the line that a path leads to, or that of its last existing part. Lines count from 1. */
    int at(List<Reference> path) {
        Node node = root;
        for (Reference step : path) {
            Optional<Node> next =
                    step.getFieldName() == null ? element(node, step.getIndex()) : value(node, step.getFieldName());
            if (next.isEmpty()) {
                break;
            }
            node = next.get();
        }
        return line(node);
    }

    /**
     * Returns the line of the last text in the file that a message mentions; of several texts, the longest is the most
     * specific.
     *
     * @return empty if the message quotes nothing that is in the file
     */
    Optional<Integer> of(InFile fault) {
        List<ScalarNode> texts = new ArrayList<>();
        collect(root, texts);
        return texts.stream()
                .filter(text -> identifiesPlace(text.getValue()) && fault.mentions(text.getValue()))
                .max(Comparator.comparingInt(
                                (ScalarNode text) -> text.getValue().length())
                        .thenComparingInt(YamlLocations::line))
                .map(YamlLocations::line);
    }

    /**
     * Checks that a quoted text identifies a place in the file. Keys occur all over it; templates and actions are
     * quoted whole for a part of them.
     */
    private static boolean identifiesPlace(String text) {
        return !KEYS.contains(text) && !text.contains(":");
    }

    /** A message that may quote what is in the file. */
    record InFile(String message) {
        boolean mentions(String text) {
            return !text.isBlank()
                    && Pattern.compile("(?<![A-Za-z0-9])" + Pattern.quote(text) + "(?![A-Za-z0-9])")
                            .matcher(message)
                            .find();
        }
    }

    private static void collect(Node node, List<ScalarNode> texts) {
        switch (node) {
            case ScalarNode text -> texts.add(text);
            case SequenceNode list -> list.getValue().forEach(element -> collect(element, texts));
            case MappingNode map ->
                map.getValue().forEach(entry -> {
                    collect(entry.getKeyNode(), texts);
                    collect(entry.getValueNode(), texts);
                });
            default -> {
                // Composing resolves anchors; no other node holds text.
            }
        }
    }

    private static Optional<Node> element(Node node, int index) {
        return node instanceof SequenceNode list
                        && index >= 0
                        && index < list.getValue().size()
                ? Optional.of(list.getValue().get(index))
                : Optional.empty();
    }

    private static Optional<Node> value(Node node, String key) {
        if (!(node instanceof MappingNode map)) {
            return Optional.empty();
        }
        return entry(map, key).or(() -> entry(map, MERGE).flatMap(merged -> value(merged, key)));
    }

    private static Optional<Node> entry(MappingNode map, String key) {
        return map.getValue().stream()
                .filter(entry -> entry.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
