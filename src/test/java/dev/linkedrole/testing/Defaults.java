package dev.linkedrole.testing;

import dev.linkedrole.catalog.CatalogFile;
import dev.linkedrole.role.PolicyCompiler;
import dev.linkedrole.role.RoleSettings;
import java.util.Optional;

/** The service's parts as they are when nothing is configured. */
public final class Defaults {

    public static final RoleSettings SETTINGS = new RoleSettings(
            "AWSServiceRoleForAmazonConnect_",
            "/linked-role/connect.amazonaws.com/",
            Optional.empty(),
            "linked-role-controller");

    public static final PolicyCompiler COMPILER = new PolicyCompiler(CatalogFile.load("amazon-connect"), SETTINGS);

    private Defaults() {}
}
