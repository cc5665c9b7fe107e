package dev.linkedrole.role.guard;

import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.model.Digest;
import dev.linkedrole.role.state.RoleSettings;
import dev.linkedrole.role.state.SettingsSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings that change recorded roles, as they were accepted last.
 *
 * @param catalog the text of the catalog file; empty if an earlier version accepted it, which did not store it
 * @param principal the catalog's principal, in case its text is missing or cannot be read
 * @param boundary the permissions boundary of the roles, as it is configured
 * @param leaveAlone patterns of the policies of others that stay on roles
 */
public record AcceptedSettings(
        Optional<String> catalog, Optional<String> principal, Optional<String> boundary, List<String> leaveAlone) {

    public AcceptedSettings {
        leaveAlone = List.copyOf(leaveAlone);
    }

    /** Returns the settings of rules whose catalog has this text. */
    public static AcceptedSettings of(String catalog, RoleRules rules) {
        RoleSettings settings = rules.settings();
        return new AcceptedSettings(
                Optional.of(catalog),
                Optional.of(rules.catalog().principal()),
                settings.permissionsBoundary(),
                settings.leaveAlone().texts());
    }

    /**
     * Returns the settings that an earlier version has stored, as texts without the catalog file.
     *
     * @param known texts of catalog files, one of which may be the accepted one
     */
    public static AcceptedSettings of(SettingsSnapshot last, RoleRules rules, Map<String, FeatureCatalog> known) {
        Optional<String> catalog = known.entrySet().stream()
                .filter(file -> SettingsSnapshot.of(rules.settings(), file.getValue(), Map.of())
                        .catalog()
                        .equals(last.catalog()))
                .map(Map.Entry::getKey)
                .findFirst();
        return new AcceptedSettings(catalog, last.principal(), last.permissionsBoundary(), last.leaveAlone());
    }

    /** Returns a digest, which is equal for equal settings. */
    public String digest() {
        return Digest.of(String.join(
                "\n",
                boundary.orElse(""),
                leaveAlone.toString(),
                principal.orElse(""),
                catalog.map(text -> "with\n" + text).orElse("without")));
    }
}
