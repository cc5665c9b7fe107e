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
 * An ARN with {@code {names}} in it, to be read off a resource and to be filled in for a policy.
 *
 * @param text such as {@code arn:{partition}:s3:::{bucket}/*}
 */
public record ArnTemplate(String text) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

    /** Default pattern of a placeholder whose kind has none: one segment of an ARN, in printable ASCII. */
    private static final String SEGMENT = "[!-~&&[^:/]]+";

    /** The template with every name replaced by its value. */
    public String fill(Map<String, String> values) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found, values)));
    }

    /** The template with the names that are known filled in, and a wildcard for each other one. */
    public String widened(Map<String, String> known) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(known.getOrDefault(found.group(1), "*")));
    }

    /** The names in it. */
    Set<String> names() {
        return PLACEHOLDER.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private String value(MatchResult found, Map<String, String> values) {
        return Optional.ofNullable(values.get(found.group(1)))
                .orElseThrow(() ->
                        new IllegalArgumentException("nothing fills {" + found.group(1) + "} in the template " + text));
    }

    /**
     * A pattern with a group for each name.
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

    /** The values that a text gives to the pattern's groups, if it fits as a whole. */
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
