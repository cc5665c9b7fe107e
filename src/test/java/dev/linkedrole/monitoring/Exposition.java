package dev.linkedrole.monitoring;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Metrics as the service emits them, in the text format of Prometheus. */
final class Exposition {

    /** Prefix of the service's own metrics; the others are Quarkus' and Micrometer's. */
    static final String OWN = "linked_role_";

    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (\\S+) ?(.*)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final SortedMap<String, Family> families = new TreeMap<>();
    private final Map<String, SortedMap<String, Set<String>>> labels = new HashMap<>();
    private final StringBuilder text = new StringBuilder();

    /** A metric: its help text and its type. */
    record Family(String help, String type) {}

    /** Reads the service's own metrics of a text. */
    static Exposition of(String all) {
        Exposition exposition = new Exposition();
        all.lines().forEach(exposition::read);
        return exposition;
    }

    private void read(String line) {
        Matcher comment = COMMENT.matcher(line);
        Matcher sample = SAMPLE.matcher(line);
        if (comment.matches() && comment.group(2).startsWith(OWN)) {
            boolean help = comment.group(1).equals("HELP");
            families.merge(
                    comment.group(2),
                    new Family(help ? comment.group(3) : "", help ? "" : comment.group(3)),
                    (one, other) -> new Family(one.help() + other.help(), one.type() + other.type()));
            text.append(line).append('\n');
        } else if (sample.matches() && sample.group(1).startsWith(OWN)) {
            SortedMap<String, Set<String>> known = labels.computeIfAbsent(sample.group(1), name -> new TreeMap<>());
            if (sample.group(2) != null) {
                Matcher label = LABEL.matcher(sample.group(2));
                while (label.find()) {
                    known.computeIfAbsent(label.group(1), name -> new HashSet<>())
                            .add(label.group(2));
                }
            }
            text.append(line).append('\n');
        }
    }

    /** Returns the metrics by name. */
    SortedMap<String, Family> families() {
        return families;
    }

    /** Returns the names of the labels of a metric, without the bounds of buckets. */
    Set<String> labelsOf(String family) {
        Set<String> names = new TreeSet<>();
        for (String suffix : List.of("", "_bucket", "_count", "_sum")) {
            names.addAll(labels.getOrDefault(family + suffix, new TreeMap<>()).keySet());
        }
        names.remove("le");
        return names;
    }

    /** Returns the values of each label of the series with a name; empty if there are none. */
    Map<String, Set<String>> series(String name) {
        return labels.getOrDefault(name, new TreeMap<>());
    }

    /** True if there is a series with the name. */
    boolean has(String name) {
        return labels.containsKey(name);
    }

    /** Returns the lines of the service's own metrics. */
    String text() {
        return text.toString();
    }
}
