package dev.linkedrole.reconcile.apply;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.identity.RoleIdentity;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.identity.ServiceLinkedPath;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.PolicyCompiler;
import dev.linkedrole.role.state.RoleChange;
import java.util.Optional;

/**
 * Desired roles under their recorded identities, whatever the present settings are, and under the names that IAM chose
 * for service-linked ones.
 */
public final class DesiredRoles {

    private DesiredRoles() {}

    public static DesiredRole compile(PolicyCompiler compiler, RoleRecord record) {
        return compiler.compile(record.role(), identity(compiler, record), record.placement(), record.slots());
    }

    /** Returns the desired role of a record, as if its instance were announced. */
    public static DesiredRole.Present compileAnnounced(PolicyCompiler compiler, RoleRecord record, LinkedRole state) {
        return compiler.compileAnnounced(state, identity(compiler, record), record.placement(), record.slots());
    }

    /** Returns the change of a desired role that is held back; empty if the role would stay as it is. */
    public static Optional<RoleChange> held(PolicyCompiler compiler, RoleRecord record) {
        return compiler.held()
                .filter(next -> record.role().live())
                .flatMap(next -> compile(compiler, record) instanceof DesiredRole.Present before
                                && compile(next, record) instanceof DesiredRole.Present after
                        ? Optional.of(RoleChange.between(before, after))
                        : Optional.empty())
                .filter(RoleChange::any);
    }

    /** Returns the role's name without compiling the role. */
    public static RoleName of(PolicyCompiler compiler, RoleRecord record) {
        return identity(compiler, record).name();
    }

    /**
     * Returns the recorded identity; or one derived from the role's ARN, in older records; or the one that the role
     * gets if it is created now.
     */
    public static RoleIdentity identity(PolicyCompiler compiler, RoleRecord record) {
        RoleIdentity known = record.identity().orElseGet(() -> derived(record, compiler.identityOf(record.role())));
        return record.roleArn().map(RoleName::ofArn).map(known::named).orElse(known);
    }

    /** Returns the record with its identity. */
    public static RoleRecord identified(PolicyCompiler compiler, RoleRecord record) {
        return record.with(identity(compiler, record));
    }

    private static RoleIdentity derived(RoleRecord record, RoleIdentity now) {
        if (!record.role().announced()) {
            return now;
        }
        RoleIdentity named =
                record.roleName().map(RoleName::new).map(now::named).orElse(now);
        return record.roleArn()
                .map(arn -> new RoleIdentity(RoleName.ofArn(arn), pathOf(record, arn, now), now.owner()))
                .orElse(named);
    }

    /**
     * Returns the path of the role's managed policies. An adopted role may be on any path, but its managed policies are
     * on ours.
     */
    private static String pathOf(RoleRecord record, String arn, RoleIdentity now) {
        boolean sameMode = ServiceLinkedPath.hasRole(arn) == now.serviceLinked();
        return record.role().adoptedAt().isPresent() && sameMode ? now.path() : RoleName.pathOfArn(arn);
    }

    /** Returns the role's ARN if it is known and of a service-linked role. */
    static Optional<String> serviceLinkedArn(RoleRecord record) {
        return record.roleArn().filter(ServiceLinkedPath::hasRole);
    }
}
