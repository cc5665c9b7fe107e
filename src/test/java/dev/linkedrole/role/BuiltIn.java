package dev.linkedrole.role;

import dev.linkedrole.catalog.CatalogFile;
import java.util.Objects;
import java.util.Optional;

/** The catalog that comes with the project, and roles compiled from it. */
final class BuiltIn {

    static final FeatureCatalog CATALOG = CatalogFile.load("amazon-connect");

    static final RoleSettings SETTINGS = new RoleSettings("LinkedRole_", "/linked-role/", Optional.empty(), "tests");

    static final PolicyCompiler COMPILER = new PolicyCompiler(CATALOG, SETTINGS);

    private BuiltIn() {}

    /** The permission policy of a role whose instance is there. */
    static String permissions(LinkedRole role) {
        return permissions(COMPILER.compileAnnounced(role));
    }

    static String permissions(WantedRole.Present wanted) {
        return Objects.requireNonNull(wanted.inlinePolicies().get(PolicyCompiler.INLINE_POLICY));
    }
}
