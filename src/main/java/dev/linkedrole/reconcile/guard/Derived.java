package dev.linkedrole.reconcile.guard;

import dev.linkedrole.role.guard.RoleRules;
import java.util.function.Function;
import java.util.function.Supplier;

/** A value made from the rules in force, and made again when they change. */
public final class Derived<T> implements Supplier<T> {

    private final Supplier<RoleRules> rules;
    private final Function<RoleRules, T> function;
    private volatile Made<T> made;

    public Derived(Supplier<RoleRules> rules, Function<RoleRules, T> function) {
        this.rules = rules;
        this.function = function;
        RoleRules now = rules.get();
        this.made = new Made<>(now, function.apply(now));
    }

    private record Made<T>(RoleRules of, T value) {}

    // Rules that have changed are another object; comparing their content would cost more than it saves.
    @SuppressWarnings("ReferenceEquality")
    @Override
    public T get() {
        RoleRules now = rules.get();
        Made<T> known = made;
        if (known.of() != now) {
            known = new Made<>(now, function.apply(now));
            made = known;
        }
        return known.value();
    }
}
