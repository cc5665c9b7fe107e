package dev.linkedrole.role.catalog;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Template of a text that is filled with an API call's parameters.
 *
 * @param text such as <code>arn:{partition}:s3:::{requestParameters.BucketName}</code>
 */
public record ParameterTemplate(String text) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z0-9.]+)}");

    /** Returns the names in the template, in their order. */
    public Set<String> names() {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Returns the template with every name replaced by its value.
     *
     * @param values a value for each of the {@link #names()}
     */
    public String fill(Map<String, String> values) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), "")));
    }
}
