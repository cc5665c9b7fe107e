package dev.linkedrole.ledger.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finding of an import about one instance: the events that its record lacked, and what could not be read or decided.
 *
 * @param subject the instance's ARN; or what the list of instances names, if that cannot be read
 * @param events the events, one short line each
 * @param notes one sentence each about what was not read, not decided or not put in force, and why
 */
public record Finding(ImportLocation location, String subject, List<String> events, List<String> notes) {

    /** Maximum number of findings that are kept for one location; further ones are only counted. */
    public static final int MAX_KEPT = 1_000;

    /** Maximum number of events, and of notes, of one finding. */
    public static final int MAX_LINES = 25;

    /** Maximum number of characters of an event or a note. */
    public static final int MAX_LENGTH = 500;

    public Finding {
        subject = cut(subject);
        events = bounded(events);
        notes = bounded(notes);
    }

    /** Returns the finding's place in the order of an import's findings. */
    public String mark() {
        return location.account() + "#" + location.region() + "#" + subject;
    }

    private static String cut(String text) {
        return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH - 3) + "..." : text;
    }

    private static List<String> bounded(List<String> lines) {
        List<String> first = lines.stream()
                .limit(lines.size() > MAX_LINES ? MAX_LINES - 1 : MAX_LINES)
                .map(Finding::cut)
                .toList();
        if (lines.size() == first.size()) {
            return first;
        }
        List<String> all = new ArrayList<>(first);
        all.add("and " + (lines.size() - first.size()) + " more");
        return List.copyOf(all);
    }

    /**
     * A part of the findings of an import, in the order of accounts, regions and instances.
     *
     * @param next mark of the last finding of this page, if there is another page
     */
    public record Page(List<Finding> findings, Optional<String> next) {

        public Page {
            findings = List.copyOf(findings);
        }
    }
}
