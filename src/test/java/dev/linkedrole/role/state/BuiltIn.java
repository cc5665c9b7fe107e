package dev.linkedrole.role.state;

import dev.linkedrole.catalog.CatalogFile;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.model.Events;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.plan.ModelRole;
import dev.linkedrole.role.plan.Plan;
import dev.linkedrole.role.plan.Planner;
import dev.linkedrole.role.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The built-in catalogs, and roles compiled from them. */
public final class BuiltIn {

    static final String DEFAULT = "amazon-connect";

    public static final FeatureCatalog CATALOG = CatalogFile.load(DEFAULT);

    public static final RoleSettings SETTINGS =
            new RoleSettings("LinkedRole_", "/linked-role/", Optional.empty(), "tests");

    public static final PolicyCompiler COMPILER = new PolicyCompiler(CATALOG, SETTINGS);

    private BuiltIn() {}

    /**
     * Returns the whole plan for a role: its creation if nothing is known of it, and then the change to the desired
     * state.
     */
    public static Plan plan(DesiredRole.Present desired, Optional<RoleFingerprint> known) {
        if (known.isPresent()) {
            return Planner.toward(desired, known.get(), ModelRole.ARNS);
        }
        RoleFingerprint created =
                ActualRole.Present.created(desired, ModelRole.ARN, Events.at(0)).fingerprint(desired);
        List<Step> steps =
                new ArrayList<>(Planner.creation(desired, Optional.empty()).steps());
        steps.addAll(Planner.toward(desired, created, ModelRole.ARNS).steps());
        return new Plan(steps);
    }

    /** Returns the compiler for one of the catalogs. */
    static PolicyCompiler compiler(String catalog) {
        return new PolicyCompiler(CatalogFile.load(catalog), SETTINGS);
    }

    /** Returns the permission policy of a role whose instance exists. */
    public static String permissions(LinkedRole role) {
        return permissions(COMPILER.compileAnnounced(role));
    }

    public static String permissions(DesiredRole.Present desired) {
        return Objects.requireNonNull(desired.inlinePolicies().get(PolicySlot.INLINE_POLICY));
    }
}
