package dev.linkedrole.simulation.races;

import java.util.ArrayList;
import java.util.List;

/** Decisions that are made one after the other, and then the next ones, until all have been made that there are: depth first. */
final class Choices {

    private final List<int[]> made = new ArrayList<>();
    private int next;

    /** One of so many options; the same as the last time, up to the one that is another this time. */
    int among(int options) {
        if (next == made.size()) {
            made.add(new int[] {0, options});
        }
        int[] choice = made.get(next++);
        if (choice[1] != options) {
            throw new IllegalStateException("the same decisions have led to something else than before");
        }
        return choice[0];
    }

    /** Number of decisions on the present path. */
    int soFar() {
        return next;
    }

    /** Number of decisions made. */
    int made() {
        return made.size();
    }

    /** True if the next decision repeats the one of an earlier path. */
    boolean areRepeated() {
        return next < made.size();
    }

    /** Goes on to the next way to decide, and says whether there is one. */
    boolean advance() {
        next = 0;
        while (!made.isEmpty()) {
            int[] last = made.getLast();
            if (++last[0] < last[1]) {
                return true;
            }
            made.removeLast();
        }
        return false;
    }
}
