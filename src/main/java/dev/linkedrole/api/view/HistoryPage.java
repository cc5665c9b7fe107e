package dev.linkedrole.api.view;

import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.model.LogText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of a role's history.
 *
 * @param entries oldest first
 * @param next the mark after which the next page begins; empty on the last page
 */
public record HistoryPage(List<HistoryView> entries, Optional<Mark> next) {

    public HistoryPage {
        entries = List.copyOf(entries);
    }

    /**
     * Place of an entry: entries are added to the newest revision, so that it stays the same.
     *
     * @param revision the revision of the entry
     * @param index number of the entries of that revision before it
     */
    public record Mark(long revision, long index) {

        private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})\\.([0-9]{1,9})");

        /** Reads a mark as {@link #toString} writes it. */
        public static Mark parse(String text) {
            Matcher matcher = TEXT.matcher(text);
            if (!matcher.matches()) {
                throw new InvalidValueException(
                        "after must be the after of a link to the next page, such as 7.0, not " + LogText.of(text));
            }
            return new Mark(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
        }

        private boolean isBefore(Mark other) {
            return revision < other.revision || (revision == other.revision && index < other.index);
        }

        @Override
        public String toString() {
            return revision + "." + index;
        }
    }

    /**
     * Returns a page of a history.
     *
     * @param history all of it, oldest first
     * @param after the mark after which the page begins; empty for the first page
     * @param limit maximum number of entries of the page, at least 1
     */
    public static HistoryPage of(List<HistoryView> history, Optional<Mark> after, int limit) {
        List<HistoryView> entries = new ArrayList<>();
        Mark last = new Mark(0, 0);
        long revision = -1;
        long index = 0;
        for (HistoryView entry : history) {
            index = entry.revision() == revision ? index + 1 : 0;
            revision = entry.revision();
            Mark mark = new Mark(revision, index);
            if (after.map(before -> before.isBefore(mark)).orElse(true)) {
                if (entries.size() == limit) {
                    return new HistoryPage(entries, Optional.of(last));
                }
                entries.add(entry);
                last = mark;
            }
        }
        return new HistoryPage(entries, Optional.empty());
    }
}
