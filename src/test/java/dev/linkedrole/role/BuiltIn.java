package dev.linkedrole.role;

import dev.linkedrole.catalog.CatalogFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The catalogs that come with the project, and roles compiled from them. */
final class BuiltIn {

    static final String DEFAULT = "amazon-connect";

    static final FeatureCatalog CATALOG = CatalogFile.load(DEFAULT);

    static final RoleSettings SETTINGS = new RoleSettings("LinkedRole_", "/linked-role/", Optional.empty(), "tests");

    static final PolicyCompiler COMPILER = new PolicyCompiler(CATALOG, SETTINGS);

    private BuiltIn() {}

    /** All that is done to a role: it is made if nothing is known of one, and brought from what is known to what is wanted. */
    static Plan plan(WantedRole.Present wanted, Optional<Footprint> known) {
        if (known.isPresent()) {
            return Planner.toward(wanted, known.get(), ModelRole.ARNS);
        }
        Footprint created =
                ActualRole.Present.created(wanted, ModelRole.ARN, Events.at(0)).footprint(wanted);
        List<Step> steps =
                new ArrayList<>(Planner.creation(wanted, Optional.empty()).steps());
        steps.addAll(Planner.toward(wanted, created, ModelRole.ARNS).steps());
        return new Plan(steps);
    }

    /** What compiles roles from one of them. */
    static PolicyCompiler compiler(String catalog) {
        return new PolicyCompiler(CatalogFile.load(catalog), SETTINGS);
    }

    /** The permission policy of a role whose instance is there. */
    static String permissions(LinkedRole role) {
        return permissions(COMPILER.compileAnnounced(role));
    }

    static String permissions(WantedRole.Present wanted) {
        return Objects.requireNonNull(wanted.inlinePolicies().get(Home.INLINE_POLICY));
    }
}
