package dev.linkedrole.role.guard;

import dev.linkedrole.role.catalog.EffectiveCatalog;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.state.LeaveAlone;
import dev.linkedrole.role.state.PolicyCompiler;
import dev.linkedrole.role.state.RoleSettings;
import dev.linkedrole.role.state.SettingsSnapshot;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rules by which roles are compiled.
 *
 * @param catalog the permissions of the features
 * @param settings the settings common to all roles
 */
public record RoleRules(FeatureCatalog catalog, RoleSettings settings) {

    public PolicyCompiler compiler() {
        return new PolicyCompiler(catalog, settings);
    }

    /**
     * Returns the rules by which roles are compiled while these are held. Name, path, owner and number of policies are
     * the new ones: recorded roles keep theirs anyway.
     *
     * @param accepted the accepted settings
     * @param known the accepted catalog; empty if it cannot be read, and then the new one stands for it, with the
     *     accepted principal
     */
    public RoleRules effective(AcceptedSettings accepted, Optional<FeatureCatalog> known) {
        Set<String> patterns = new LinkedHashSet<>(accepted.leaveAlone());
        patterns.addAll(settings.leaveAlone().texts());
        return new RoleRules(
                known.map(then -> EffectiveCatalog.of(then, catalog)).orElseGet(() -> stillAssumedBy(accepted)),
                with(accepted.boundary(), List.copyOf(patterns)));
    }

    /** Returns the rules as they were accepted, for a comparison in words. */
    public RoleRules asAccepted(AcceptedSettings accepted, Optional<FeatureCatalog> known) {
        return new RoleRules(
                known.orElseGet(() -> stillAssumedBy(accepted)), with(accepted.boundary(), accepted.leaveAlone()));
    }

    private FeatureCatalog stillAssumedBy(AcceptedSettings accepted) {
        return EffectiveCatalog.withPrincipal(catalog, accepted.principal().orElse(catalog.principal()));
    }

    private RoleSettings with(Optional<String> boundary, List<String> leaveAlone) {
        return new RoleSettings(
                settings.namePrefix(),
                settings.path(),
                boundary,
                settings.owner(),
                settings.managedPolicies(),
                settings.deployment(),
                LeaveAlone.of(leaveAlone));
    }

    /** Returns these rules as settings to accept, with the text of their catalog. */
    public AcceptedSettings accepted(String text) {
        return new AcceptedSettings(
                Optional.of(text),
                Optional.of(catalog.principal()),
                settings.permissionsBoundary(),
                settings.leaveAlone().texts());
    }

    /**
     * Returns the settings that an earlier version has stored, as texts without the catalog file.
     *
     * @param known texts of catalog files, one of which may be the accepted one
     */
    public AcceptedSettings acceptedBefore(SettingsSnapshot last, Map<String, FeatureCatalog> known) {
        Optional<String> text = known.entrySet().stream()
                .filter(file -> SettingsSnapshot.of(settings, file.getValue(), Map.of())
                        .catalog()
                        .equals(last.catalog()))
                .map(Map.Entry::getKey)
                .findFirst();
        return new AcceptedSettings(text, last.principal(), last.permissionsBoundary(), last.leaveAlone());
    }
}
