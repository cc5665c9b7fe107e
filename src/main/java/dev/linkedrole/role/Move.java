package dev.linkedrole.role;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One policy of a role written anew, on the way from one placement to another.
 *
 * @param home which
 * @param content all that it holds after that; nothing if it is taken away
 */
public record Move(Home home, SortedSet<Allowance> content) {

    public Move {
        content = Collections.unmodifiableSortedSet(new TreeSet<>(content));
    }
}
