package dev.linkedrole.role.packing;

import dev.linkedrole.role.catalog.StatementTemplate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Length of a policy under construction, counted without writing it for each statement. */
public final class PolicyLength {

    private static final int FRAME = "{'Version':'2012-10-17','Statement':[]}".length();
    private static final int QUOTES = 2;
    private static final int COMMA = 1;
    private static final int BRACKETS = 2;

    private final Map<StatementTemplate, Integer> heads;
    private final Map<StatementTemplate, Resources> statements = new HashMap<>();
    private int characters = 0;

    /**
     * @param heads length of each statement without its resources, computed once for all policies that share it
     */
    PolicyLength(Map<StatementTemplate, Integer> heads) {
        this.heads = heads;
    }

    public static int of(Collection<StatementOnResource> entries) {
        return new PolicyLength(new HashMap<>()).with(entries);
    }

    void add(StatementOnResource entry) {
        Resources before = statements.getOrDefault(entry.statement(), Resources.NONE);
        Resources after = before.and(entry.resource());
        characters += after.characters() - before.characters();
        if (before.count() == 0) {
            characters += heads.computeIfAbsent(entry.statement(), PolicyLength::headOf);
        }
        statements.put(entry.statement(), after);
    }

    /** Returns the length with additional statements. */
    int with(Collection<StatementOnResource> more) {
        PolicyLength length = new PolicyLength(heads);
        length.statements.putAll(statements);
        length.characters = characters;
        more.forEach(length::add);
        return length.characters();
    }

    /**
     * Returns the characters of the document as it is written, which are never fewer than IAM counts. A single resource
     * has no brackets.
     */
    int characters() {
        return FRAME + characters + Math.max(0, statements.size() - 1) * COMMA;
    }

    /** Returns the characters of a statement without its resources. */
    private static int headOf(StatementTemplate statement) {
        String resource = "x";
        return Statements.policy(List.of(new StatementOnResource(statement, resource)))
                        .length()
                - FRAME
                - QUOTES
                - resource.length();
    }

    /**
     * The resources of one statement.
     *
     * @param count number of characters
     * @param each total length of the resources, with their quotes
     */
    private record Resources(int count, int each) {
        static final Resources NONE = new Resources(0, 0);

        Resources and(String resource) {
            return new Resources(count + 1, each + QUOTES + resource.length() + escapes(resource));
        }

        int characters() {
            return each + (count > 1 ? BRACKETS + (count - 1) * COMMA : 0);
        }

        /**
         * Returns the number of characters that JSON escapes with a backslash; an ARN has no other characters that need
         * escapes.
         */
        private static int escapes(String resource) {
            return (int) resource.chars().filter(c -> c == '"' || c == '\\').count();
        }
    }
}
