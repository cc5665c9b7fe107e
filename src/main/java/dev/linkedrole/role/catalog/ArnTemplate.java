package dev.linkedrole.role.catalog;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Template of an ARN with {@code {names}}: matches a resource's ARN to read their values, or is filled with values for
 * a policy.
 *
 * @param text such as {@code arn:{partition}:s3:::{bucket}/*}
 */
public record ArnTemplate(String text) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

    /** Default pattern of a placeholder whose kind has none: one segment of an ARN, in printable ASCII. */
    private static final String SEGMENT = "[!-~&&[^:/]]+";

    /** Pattern of a value of any shape, as short as possible. */
    private static final String ANY = ".+?";

    /** Returns the template with every name replaced by its value. */
    public String fill(Map<String, String> values) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found, values)));
    }

    /** Returns the template with known names replaced by their values, and each other name by a wildcard. */
    public String widened(Map<String, String> known) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(known.getOrDefault(found.group(1), "*")));
    }

    /**
     * Returns the values with which the template is filled to a text, known ones included: the inverse of {@link #fill}.
     * Of several possible values of a name it finds the shortest.
     *
     * @return empty if no values fill the template to the text
     */
    Optional<Map<String, String>> valuesIn(String filled, Map<String, String> known) {
        ArnTemplate rest = new ArnTemplate(PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(known.getOrDefault(found.group(1), found.group()))));
        Map<String, String> shapes = rest.names().stream().collect(Collectors.toMap(name -> name, name -> ANY));
        return read(rest.pattern(shapes), filled).map(found -> {
            Map<String, String> values = new TreeMap<>(known);
            values.putAll(found);
            return values;
        });
    }

    /** Returns the names of the template. */
    Set<String> names() {
        return PLACEHOLDER.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private String value(MatchResult found, Map<String, String> values) {
        return Optional.ofNullable(values.get(found.group(1)))
                .orElseThrow(() ->
                        new IllegalArgumentException("nothing fills {" + found.group(1) + "} in the template " + text));
    }

    /**
     * Returns a pattern with a group for each name.
     *
     * @param shapes pattern of each name, as a regular expression; {@link #SEGMENT} by default
     */
    Pattern pattern(Map<String, String> shapes) {
        StringBuilder regex = new StringBuilder();
        Matcher placeholders = PLACEHOLDER.matcher(text);
        int copied = 0;
        while (placeholders.find()) {
            String name = placeholders.group(1);
            regex.append(Pattern.quote(text.substring(copied, placeholders.start())));
            regex.append("(?<")
                    .append(name)
                    .append('>')
                    .append(shapes.getOrDefault(name, SEGMENT))
                    .append(')');
            copied = placeholders.end();
        }
        regex.append(Pattern.quote(text.substring(copied)));
        return Pattern.compile(regex.toString());
    }

    /** Returns the values of the pattern's groups in a text; empty if the whole text does not match. */
    static Optional<Map<String, String>> read(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new TreeMap<>();
        pattern.namedGroups().forEach((name, group) -> values.put(name, matcher.group(group)));
        return Optional.of(values);
    }
}
