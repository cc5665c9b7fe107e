package dev.linkedrole.demo;

import java.util.SortedSet;
import java.util.TreeSet;

/** A role in IAM, of which each change is shown. */
final class ShownRole {

    private final LocalAccount account;
    private final Terminal terminal;
    private final String name;
    private SortedSet<String> permissions = new TreeSet<>();

    ShownRole(LocalAccount account, Terminal terminal, String name) {
        this.account = account;
        this.terminal = terminal;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** The permissions that were shown last. */
    SortedSet<String> permissions() {
        return permissions;
    }

    boolean mentions(String action, String resource) {
        return permissions.stream().anyMatch(line -> line.contains(action) && line.contains("on  " + resource));
    }

    /** Reads the role back from IAM and shows the difference; returns the number of added lines. */
    int diff() {
        SortedSet<String> now = account.permissions(name);
        SortedSet<String> gone = new TreeSet<>(permissions);
        gone.removeAll(now);
        SortedSet<String> fresh = new TreeSet<>(now);
        fresh.removeAll(permissions);
        gone.forEach(terminal::removed);
        fresh.forEach(terminal::added);
        if (gone.isEmpty() && fresh.isEmpty()) {
            terminal.note("(no change in IAM)");
        }
        permissions = now;
        return fresh.size() - gone.size();
    }

    /** Forgets what was shown, once the role is gone. */
    void forget() {
        permissions = new TreeSet<>();
    }
}
