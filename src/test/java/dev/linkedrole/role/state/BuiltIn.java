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

/** The catalogs that come with the project, and roles compiled from them. */
public final class BuiltIn {

    static final String DEFAULT = "amazon-connect";

    public static final FeatureCatalog CATALOG = CatalogFile.load(DEFAULT);

    public static final RoleSettings SETTINGS =
            new RoleSettings("LinkedRole_", "/linked-role/", Optional.empty(), "tests");

    public static final PolicyCompiler COMPILER = new PolicyCompiler(CATALOG, SETTINGS);

    private BuiltIn() {}

    /** The whole plan for a role: it is made if nothing is known of it, and otherwise changed from the known to the desired state. */
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

    /** The compiler for one of them. */
    static PolicyCompiler compiler(String catalog) {
        return new PolicyCompiler(CatalogFile.load(catalog), SETTINGS);
    }

    /** The permission policy of a role whose instance is there. */
    public static String permissions(LinkedRole role) {
        return permissions(COMPILER.compileAnnounced(role));
    }

    public static String permissions(DesiredRole.Present desired) {
        return Objects.requireNonNull(desired.inlinePolicies().get(PolicySlot.INLINE_POLICY));
    }
}
