package dev.linkedrole.simulation.world;

import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.guard.Acceptance;
import dev.linkedrole.role.guard.RoleRules;
import dev.linkedrole.role.state.RoleSettings;
import dev.linkedrole.testing.Catalogs;
import dev.linkedrole.testing.Defaults;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Setting of a simulation.
 *
 * @param large true if roles outgrow their inline policies
 * @param serviceLinked true if roles are service-linked, with policies that IAM protects
 * @param telling true if outcomes are published
 * @param resetting true if replicas get other settings at a restart
 */
public record Setting(
        boolean large,
        boolean serviceLinked,
        boolean telling,
        boolean resetting,
        int replicas,
        List<InstanceLife> lives) {

    /** Prefix of role names in the other settings. */
    static final String OTHER_PREFIX = "Acme_";

    private static final int MAX_MANAGED = 3;

    private static final FeatureCatalog WITHOUT_BOTS = Catalogs.without(Defaults.CATALOG, "lex-bots");

    /**
     * Returns a random setting.
     *
     * @param mayBeServiceLinked true if roles may be service-linked, unless they are large
     */
    public static Setting any(Randomness chance, boolean mayBeServiceLinked, boolean resetting) {
        boolean large = chance.below(8) == 0;
        boolean telling = chance.below(3) == 0;
        int replicas = 2 + chance.below(2);
        List<InstanceLife> lives = new ArrayList<>();
        int instances = 1 + chance.below(large ? 2 : 4);
        for (int i = 0; i < instances; i++) {
            lives.add(InstanceLife.any(chance, large));
        }
        return new Setting(large, mayBeServiceLinked && !large, telling, resetting, replicas, List.copyOf(lives));
    }

    /** Returns the settings of a replica after a number of starts. */
    public RoleSettings roles(int starts) {
        RoleSettings first = roles();
        return otherSettings(starts)
                ? new RoleSettings(
                        OTHER_PREFIX, "/acme/", first.permissionsBoundary(), first.owner(), first.managedPolicies())
                : first;
    }

    /**
     * Returns the catalog of a replica after a number of starts. The other one lacks a feature: the guard holds that, and
     * nobody releases it, so that every role stays as the first one says.
     */
    public FeatureCatalog catalog(int starts) {
        return otherSettings(starts) ? WITHOUT_BOTS : Defaults.CATALOG;
    }

    /** Returns a text that stands for a catalog's file. */
    public static String textOf(FeatureCatalog catalog) {
        return catalog.features().keySet().toString();
    }

    /** Returns the settings that were accepted before the simulation began. */
    Acceptance accepted() {
        return Acceptance.atStart(
                new RoleRules(Defaults.CATALOG, roles()).accepted(textOf(Defaults.CATALOG)), Instant.EPOCH);
    }

    private boolean otherSettings(int starts) {
        return resetting && !serviceLinked && starts > 1;
    }

    /** True if the ledger's requests have so little room that disabled grants are spread later. */
    boolean narrow() {
        return !large && lives.size() % 2 == 1;
    }

    public RoleSettings roles() {
        if (serviceLinked) {
            return Defaults.SERVICE_LINKED;
        }
        RoleSettings defaults = Defaults.SETTINGS;
        return new RoleSettings(
                defaults.namePrefix(),
                defaults.path(),
                defaults.permissionsBoundary(),
                defaults.owner(),
                large ? MAX_MANAGED : defaults.managedPolicies());
    }
}
