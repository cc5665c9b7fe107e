package dev.linkedrole.simulation.races;

import java.util.ArrayList;
import java.util.List;

/** Sequence of decisions that enumerates all paths, depth first. */
final class Choices {

    private final List<int[]> made = new ArrayList<>();
    private int next;

    /** Returns one of a number of options; the same as on the last path, up to the decision that differs now. */
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

    /** Returns the number of decisions on the present path. */
    int soFar() {
        return next;
    }

    /** Returns the number of decisions made. */
    int made() {
        return made.size();
    }

    /** True if the next decision repeats one of an earlier path. */
    boolean areRepeated() {
        return next < made.size();
    }

    /** Advances to the next path; returns false if there is none. */
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
