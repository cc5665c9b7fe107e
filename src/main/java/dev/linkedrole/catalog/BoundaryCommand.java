package dev.linkedrole.catalog;

import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.state.BoundaryPolicy;

/** The command behind {@code make boundary}: prints the permissions boundary of a catalog's roles. */
public final class BoundaryCommand {

    private static final int CATALOG = 0;
    private static final int PARTITION = 1;
    private static final int ACCOUNT = 2;

    private BoundaryCommand() {}

    /**
     * Prints the policy to standard output and its length to standard error.
     *
     * @param arguments the catalog's name or path, the partition, and the account or {@link BoundaryPolicy#ANY_ACCOUNT}
     */
    public static void main(String... arguments) {
        if (arguments.length != ACCOUNT + 1) {
            throw new IllegalArgumentException("expected CATALOG PARTITION ACCOUNT");
        }
        try {
            BoundaryPolicy policy =
                    BoundaryPolicy.of(CatalogFile.load(arguments[CATALOG]), arguments[PARTITION], arguments[ACCOUNT]);
            System.out.println(policy.json());
            System.err.println("the boundary of " + arguments[CATALOG] + " has "
                    + policy.json().length() + " of the " + BoundaryPolicy.MAX_LENGTH + " characters that IAM takes");
        } catch (InvalidValueException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
