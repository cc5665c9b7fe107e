package dev.linkedrole.catalog;

import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.state.RoleSettings;
import dev.linkedrole.role.state.SettingsChange;
import dev.linkedrole.role.state.SettingsSnapshot;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command behind {@code make check-catalog}: checks a catalog file, and prints the changes to another catalog. Only a
 * fault fails it: a change may be meant.
 */
public final class CheckCatalogCommand {

    private static final int FILE = 0;
    private static final int AGAINST = 1;

    /** Settings of neither catalog, so that only the catalogs differ. */
    private static final RoleSettings SAME = new RoleSettings("role-", "/", Optional.empty(), "owner");

    private CheckCatalogCommand() {}

    /**
     * Prints the changes to standard output, and a fault to standard error.
     *
     * @param arguments the name or path of the catalog, and of the one that it is compared with
     */
    public static void main(String... arguments) {
        if (arguments.length != AGAINST + 1) {
            throw new IllegalArgumentException("expected FILE AGAINST");
        }
        System.exit(check(arguments[FILE], arguments[AGAINST], System.out, System.err));
    }

    /** Returns the exit code: 0 unless a catalog has a fault. */
    static int check(String file, String against, PrintStream out, PrintStream err) {
        try {
            FeatureCatalog catalog = CatalogFile.load(file);
            List<SettingsChange> changes =
                    SettingsChange.between(snapshot(CatalogFile.load(against)), snapshot(catalog));
            out.println(file + " is a valid catalog with " + catalog.features().size() + " features");
            if (changes.isEmpty()) {
                out.println("it grants what " + against + " grants");
            } else {
                out.println("in place of " + against + ":");
                changes.forEach(change -> out.println("  " + change.line()));
                out.println(
                        changes.stream().anyMatch(SettingsChange::takes)
                                ? "it takes something: a service holds it where roles have that, until it is released"
                                : "it takes nothing");
            }
            return 0;
        } catch (InvalidValueException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private static SettingsSnapshot snapshot(FeatureCatalog catalog) {
        return SettingsSnapshot.of(SAME, catalog, Map.of());
    }
}
