package dev.linkedrole.role.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A setting, or a part of the catalog, that has changed since the last start.
 *
 * @param setting its name
 * @param before the value before; empty if it was not set
 * @param now the value now; empty if it is not set
 */
public record SettingsChange(String setting, Optional<String> before, Optional<String> now) {

    private static final String NONE = "not set";

    /** Lists the changes from one start to another, in the order of their names. */
    public static List<SettingsChange> between(SettingsSnapshot before, SettingsSnapshot now) {
        SortedSet<String> names = new TreeSet<>(before.values().keySet());
        names.addAll(now.values().keySet());
        return names.stream()
                .map(name -> new SettingsChange(
                        name,
                        Optional.ofNullable(before.values().get(name)),
                        Optional.ofNullable(now.values().get(name))))
                .filter(change -> !change.before().equals(change.now()))
                .toList();
    }

    /** True if the change revokes permissions of recorded roles, or may. */
    public boolean takes() {
        if (setting.equals("linked-role.permissions-boundary")) {
            return now.isPresent();
        }
        return isInCatalog() ? !lost().isEmpty() : setting.equals(SettingsSnapshot.PRINCIPAL);
    }

    /** Describes the change and its effect on recorded roles, as one line. */
    public String line() {
        return isInCatalog()
                ? inCatalog()
                : setting + " was " + before.orElse(NONE) + " and is " + now.orElse(NONE) + ": " + meaning();
    }

    private boolean isInCatalog() {
        return setting.startsWith(SettingsSnapshot.CATALOG) && !setting.equals(SettingsSnapshot.PRINCIPAL);
    }

    private String meaning() {
        return switch (setting) {
            case "linked-role.name-prefix", "linked-role.path", "linked-role.owner", "linked-role.mode" ->
                "roles that are recorded keep what they were made with until they are deleted; only roles not made yet get the new one";
            case "linked-role.managed-policies" ->
                "a role that has more keeps them; a grant that does not fit any more is refused";
            case SettingsSnapshot.BOUNDARY ->
                now.isPresent()
                        ? "every recorded role that is not service-linked gets this boundary once this is accepted, and may do"
                                + " nothing beyond it"
                        : "recorded roles keep the boundary that they have; roles not made yet get none";
            case SettingsSnapshot.LEAVE_ALONE ->
                "policies of others that match no pattern any more are removed from every recorded role once this is"
                        + " accepted";
            case SettingsSnapshot.DEPLOYMENT ->
                "recorded roles carry the one of before, and say Contested until it is set again or their tag is changed by hand";
            case SettingsSnapshot.PRINCIPAL ->
                "every recorded role that is not service-linked may be assumed by the new one, and not by the one of before, once"
                        + " this is accepted";
            default ->
                setting.startsWith(SettingsSnapshot.ACCOUNT)
                        ? "recorded roles there stay as they are, and are reached by the new way; where there is none they say"
                                + " AccountNotReachable"
                        : "roles that are recorded may become others once this is accepted";
        };
    }

    private String inCatalog() {
        List<String> said = new ArrayList<>();
        if (!lost().isEmpty()) {
            said.add("lost " + text(lost())
                    + ", which is taken from every recorded role that has it once this is accepted");
        }
        if (!gained().isEmpty()) {
            said.add("gained " + text(gained()) + ", which every recorded role gets that has the like");
        }
        if (said.isEmpty()) {
            said.add("says the same in another way");
        }
        String whole = before.isEmpty() ? " (new)" : now.isEmpty() ? " (gone)" : "";
        return "the catalog's "
                + setting.substring(SettingsSnapshot.CATALOG.length()).replace('.', ' ') + whole + " "
                + String.join("; ", said);
    }

    private SortedSet<String> lost() {
        return minus(parts(before), parts(now));
    }

    private SortedSet<String> gained() {
        return minus(parts(now), parts(before));
    }

    private static SortedSet<String> minus(SortedSet<String> these, Collection<String> those) {
        SortedSet<String> rest = new TreeSet<>(these);
        rest.removeAll(those);
        return rest;
    }

    private static SortedSet<String> parts(Optional<String> text) {
        return text.map(all -> new TreeSet<>(List.of(all.split(", ")))).orElseGet(TreeSet::new);
    }

    private static String text(SortedSet<String> parts) {
        return parts.stream().collect(Collectors.joining(", ", "[", "]"));
    }
}
