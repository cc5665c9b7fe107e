package dev.linkedrole.role.model;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The effect of an event on a role.
 *
 * @param after the state with the event in it
 * @param effect the event's effect
 * @param granted grants in force now that were not before
 * @param taken grants in force before that are not now
 */
public record Decision(LinkedRole after, Effect effect, SortedSet<Grant> granted, SortedSet<Grant> taken) {

    /** The result of an event. */
    public enum Effect {
        /** The event changes the desired role: its permissions, or its description or adoption. */
        CHANGED,
        /** The event is recorded, and matters once the instance is announced or an earlier event arrives. */
        REMEMBERED,
        /** A later or final event had already decided otherwise, or the same. */
        SUPERSEDED
    }

    public static Decision of(LinkedRole before, RoleEvent event) {
        LinkedRole after = before.apply(event);
        SortedSet<Grant> granted = minus(after.grants(), before.grants());
        SortedSet<Grant> taken = minus(before.grants(), after.grants());
        Effect effect;
        if (after.equals(before)) {
            effect = Effect.SUPERSEDED;
        } else if (granted.isEmpty() && taken.isEmpty() && !changedByOperator(before, after)) {
            effect = Effect.REMEMBERED;
        } else {
            effect = Effect.CHANGED;
        }
        return new Decision(after, effect, granted, taken);
    }

    private static boolean changedByOperator(LinkedRole before, LinkedRole after) {
        return after.released() != before.released()
                || (after.live()
                        && !(after.descriptionWrite().equals(before.descriptionWrite())
                                && after.adoptedAt().equals(before.adoptedAt())));
    }

    private static SortedSet<Grant> minus(SortedSet<Grant> these, SortedSet<Grant> those) {
        SortedSet<Grant> rest = new TreeSet<>(these);
        rest.removeAll(those);
        return Collections.unmodifiableSortedSet(rest);
    }
}
