package dev.linkedrole.role.policy;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A policy in the canonical spelling of its meaning. Spelling is the order of members, statements, actions, resources,
 * principals and condition values, each of these once, and a single value in place of a list of one. All other content
 * is kept unchanged, known or not; so a policy with unknown content never equals another by its spelling.
 *
 * @param frame all members but the statements
 * @param statements the statements in the order of their text
 */
record CanonicalPolicy(Json.Members frame, List<Json.Members> statements) {

    private static final String STATEMENT = "Statement";
    private static final String SID = "Sid";
    private static final String RESOURCE = "Resource";

    private static final List<String> FRAME = List.of("Version", "Id");
    private static final List<String> ELEMENTS = List.of(
            SID, "Effect", "Principal", "NotPrincipal", "Action", "NotAction", RESOURCE, "NotResource", "Condition");

    private static final Json.Members USUAL_FRAME = new Json.Members(Map.of("Version", new Json.Text("2012-10-17")));

    CanonicalPolicy {
        statements = List.copyOf(statements);
    }

    /** Reads a policy; empty if the text is none. */
    static Optional<CanonicalPolicy> read(String json) {
        return JsonReader.read(json)
                .flatMap(value -> value instanceof Json.Members document ? of(document) : Optional.empty());
    }

    private static Optional<CanonicalPolicy> of(Json.Members document) {
        List<Json> all = switch (document.members().get(STATEMENT)) {
            case Json.Members one -> List.of(one);
            case Json.Elements(List<Json> elements) -> elements;
            case null, default -> List.of();
        };
        if (all.isEmpty() || !all.stream().allMatch(Json.Members.class::isInstance)) {
            return Optional.empty();
        }
        return Optional.of(new CanonicalPolicy(
                inOrder(document.without(STATEMENT), FRAME),
                inOrderOfText(all.stream()
                        .map(Json.Members.class::cast)
                        .map(CanonicalPolicy::statement)
                        .toList())));
    }

    /** Returns the policy as text, always with a list of statements. */
    String text() {
        return with(new Json.Elements(List.copyOf(statements)));
    }

    /** Returns the policy in the former spelling, with a single statement in place of a list of one. */
    String formerText() {
        return statements.size() == 1 ? with(statements.getFirst()) : text();
    }

    private String with(Json statement) {
        return inOrder(frame.with(STATEMENT, statement), List.of("Version", "Id", STATEMENT))
                .compact();
    }

    /**
     * Returns the policy in lines: one for unusual content beside the statements; for each statement with a Sid one
     * without its resources and one for each resource; for any other statement one.
     */
    List<String> lines() {
        Stream<String> unusual = frame.equals(USUAL_FRAME) ? Stream.of() : Stream.of("policy with " + frame.compact());
        return Stream.concat(unusual, statements.stream().flatMap(CanonicalPolicy::lines))
                .toList();
    }

    private static Stream<String> lines(Json.Members statement) {
        List<String> resources = texts(statement.members().get(RESOURCE));
        if (resources.isEmpty() || !(statement.members().get(SID) instanceof Json.Text(String sid))) {
            return Stream.of(statement.compact());
        }
        return Stream.concat(
                Stream.of(statement.without(RESOURCE).compact()),
                resources.stream().map(resource -> sid + ": " + resource));
    }

    private static List<Json.Members> inOrderOfText(List<Json.Members> statements) {
        record Written(Json.Members statement, String text) {}
        return statements.stream()
                .map(statement -> new Written(statement, statement.compact()))
                .sorted(Comparator.comparing(Written::text))
                .map(Written::statement)
                .toList();
    }

    private static Json.Members statement(Json.Members statement) {
        Map<String, Json> elements = new LinkedHashMap<>(statement.members());
        elements.replaceAll((name, value) -> switch (name) {
            case "Action", "NotAction", RESOURCE, "NotResource" -> oneOrMore(value);
            case "Principal", "NotPrincipal" -> each(value, CanonicalPolicy::oneOrMore);
            case "Condition" -> each(value, keys -> each(keys, CanonicalPolicy::oneOrMore));
            default -> value;
        });
        return inOrder(new Json.Members(elements), ELEMENTS);
    }

    /** Returns an object with each value in canonical spelling, by name; any other value unchanged. */
    private static Json each(Json value, UnaryOperator<Json> spelling) {
        if (!(value instanceof Json.Members(Map<String, Json> members))) {
            return value;
        }
        Map<String, Json> spelled = new TreeMap<>(members);
        spelled.replaceAll((name, member) -> spelling.apply(member));
        return new Json.Members(spelled);
    }

    /**
     * Returns texts once and sorted, a single one without a list; any other value, such as an empty list, unchanged.
     */
    private static Json oneOrMore(Json value) {
        List<String> texts = texts(value);
        return switch (texts.size()) {
            case 0 -> value;
            case 1 -> new Json.Text(texts.getFirst());
            default ->
                new Json.Elements(texts.stream().<Json>map(Json.Text::new).toList());
        };
    }

    /** Returns the texts of a list of texts, or of a single one, once and sorted; none for any other value. */
    private static List<String> texts(@Nullable Json value) {
        List<Json> values = value instanceof Json.Elements(List<Json> elements)
                ? elements
                : Optional.ofNullable(value).stream().toList();
        SortedSet<String> texts = new TreeSet<>();
        for (Json each : values) {
            if (!(each instanceof Json.Text(String text))) {
                return List.of();
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }

    /** Returns the members with known ones first, in this order, and others after them by name. */
    private static Json.Members inOrder(Json.Members object, List<String> known) {
        Map<String, Json> members = new LinkedHashMap<>();
        Map<String, Json> others = new TreeMap<>(object.members());
        known.forEach(name -> Optional.ofNullable(others.remove(name)).ifPresent(value -> members.put(name, value)));
        members.putAll(others);
        return new Json.Members(members);
    }
}
