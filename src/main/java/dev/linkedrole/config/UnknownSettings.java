package dev.linkedrole.config;

import io.smallrye.config.ConfigMapping;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds names that look like settings and are none, which would otherwise be ignored silently. */
public final class UnknownSettings {

    private static final String PREFIX =
            ControllerConfig.class.getAnnotation(ConfigMapping.class).prefix();
    private static final String VARIABLE_PREFIX = variable(PREFIX) + "_";

    /** Placeholder of the account in the name of a property. */
    private static final String ANY = "*";

    private static final String ACCOUNT = "([0-9]{12}|\"[0-9]{12}\"|default)";
    private static final String ACCOUNT_VARIABLE = "(_[0-9]{12}_|DEFAULT)";

    /** Environment variables that Kubernetes sets for a service named {@code linked-role}. */
    private static final Pattern OF_KUBERNETES =
            Pattern.compile("LINKED_ROLE(_\\w+)?_(SERVICE_(HOST|PORT(_\\w+)?)|PORT(_[0-9]+_(TCP|UDP|SCTP)(_\\w+)?)?)");

    private final SortedSet<String> properties;
    private final Pattern property;
    private final Pattern variable;

    public UnknownSettings() {
        this.properties = new TreeSet<>();
        collect(ControllerConfig.class, PREFIX, properties);
        this.property = anyOf(name -> name, ACCOUNT);
        this.variable = anyOf(UnknownSettings::variable, ACCOUNT_VARIABLE);
    }

    /** All known properties; {@code *} stands for an account. */
    SortedSet<String> properties() {
        return properties;
    }

    /**
     * A line for each name that has no effect.
     *
     * @param variables the names of environment variables
     * @param set the names of properties
     */
    public List<String> unknown(Collection<String> variables, Collection<String> set) {
        Stream<String> unknownVariables = variables.stream()
                .filter(name -> name.startsWith(VARIABLE_PREFIX))
                .filter(name -> !variable.matcher(name).matches())
                .filter(name -> !OF_KUBERNETES.matcher(name).matches())
                .map(name -> line(name, UnknownSettings::variable));
        Stream<String> unknownProperties = set.stream()
                .filter(name -> name.startsWith(PREFIX + "."))
                .filter(name -> !property.matcher(name).matches())
                .map(name -> line(name, known -> known));
        return Stream.concat(unknownVariables, unknownProperties).sorted().toList();
    }

    private String line(String unknown, UnaryOperator<String> form) {
        String nearest = properties.stream()
                .map(name -> name.replace(ANY, "default"))
                .map(form)
                .min(Comparator.comparingInt(known -> distance(unknown, known)))
                .orElseThrow();
        return unknown + " is no setting and has no effect; the nearest one is " + nearest;
    }

    private Pattern anyOf(UnaryOperator<String> form, String account) {
        return Pattern.compile(String.join(
                "|",
                properties.stream()
                        .map(name -> Pattern.quote(form.apply(name.replace(ANY, "\0")))
                                .replace("\0", "\\E" + account + "\\Q"))
                        .toList()));
    }

    /** Environment variable of a property by MicroProfile Config's rules; the account's placeholder is kept. */
    private static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9\0]", "_").toUpperCase(Locale.ROOT);
    }

    private static void collect(Class<?> mapping, String prefix, Collection<String> into) {
        for (Method method : mapping.getMethods()) {
            String name = prefix + "." + kebab(method.getName());
            if (Map.class.isAssignableFrom(method.getReturnType())) {
                Type[] types = ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments();
                collect((Class<?>) types[1], name + "." + ANY, into);
            } else if (method.getReturnType().isInterface()) {
                collect(method.getReturnType(), name, into);
            } else {
                into.add(name);
            }
        }
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /** Levenshtein distance of two names. */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
