package dev.linkedrole.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PromQL expression, as far as it names metrics and labels.
 *
 * @param selectors the selectors of series
 * @param grouped labels that aggregations and vector matchings name
 */
record PromQl(List<Selector> selectors, Set<String> grouped) {

    /**
     * A selector of series.
     *
     * @param metric name of the series
     * @param matchers its matchers of labels
     */
    record Selector(String metric, List<LabelMatcher> matchers) {}

    /**
     * A matcher of a label.
     *
     * @param operator {@code =}, {@code !=}, {@code =~} or {@code !~}
     */
    record LabelMatcher(String label, String operator, String value) {}

    private static final Pattern TOKEN =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[a-zA-Z_:][\\w:]*|\\[[^\\]]*]|=~|!~|!=|[{}()=,]|\\S");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][\\w:]*");
    private static final Set<String> GROUPING = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> KEYWORDS = Set.of("and", "or", "unless", "bool", "offset");

    /** Reads an expression. */
    static PromQl of(String expression) {
        List<String> tokens = new ArrayList<>();
        // Numbers with units, such as 5m, are no names.
        Matcher token = TOKEN.matcher(expression.replaceAll("(?<![\\w\"])\\d[\\w.]*", "0"));
        while (token.find()) {
            tokens.add(token.group());
        }
        List<Selector> selectors = new ArrayList<>();
        Set<String> grouped = new TreeSet<>();
        for (int i = 0; i < tokens.size(); i++) {
            String name = tokens.get(i);
            String next = i + 1 < tokens.size() ? tokens.get(i + 1) : "";
            if (!NAME.matcher(name).matches() || KEYWORDS.contains(name)) {
                continue;
            }
            if (GROUPING.contains(name)) {
                int end = indexOf(tokens, ")", i);
                tokens.subList(i + 2, end).stream()
                        .filter(label -> !label.equals(","))
                        .forEach(grouped::add);
                i = end;
            } else if (next.equals("{")) {
                int end = indexOf(tokens, "}", i);
                selectors.add(new Selector(name, matchers(tokens.subList(i + 2, end))));
                i = end;
            } else if (!next.equals("(") && !GROUPING.contains(next)) {
                selectors.add(new Selector(name, List.of()));
            }
        }
        return new PromQl(selectors, grouped);
    }

    private static int indexOf(List<String> tokens, String end, int from) {
        return from + tokens.subList(from, tokens.size()).indexOf(end);
    }

    private static List<LabelMatcher> matchers(List<String> tokens) {
        List<LabelMatcher> matchers = new ArrayList<>();
        for (int i = 0; i + 2 < tokens.size(); i += 4) {
            String value = tokens.get(i + 2);
            matchers.add(new LabelMatcher(tokens.get(i), tokens.get(i + 1), value.substring(1, value.length() - 1)));
        }
        return matchers;
    }
}
