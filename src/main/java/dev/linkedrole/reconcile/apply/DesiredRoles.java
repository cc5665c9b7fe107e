package dev.linkedrole.reconcile.apply;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.identity.RoleIdentity;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.identity.ServiceLinkedPath;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.PolicyCompiler;
import java.util.Optional;

/**
 * Roles under the identities that they were made with, whatever the present settings would make of them; and under the names that IAM
 * gave them, where that was for IAM to say.
 */
public final class DesiredRoles {

    private DesiredRoles() {}

    public static DesiredRole compile(PolicyCompiler compiler, RoleRecord record) {
        return compiler.compile(record.role(), identity(compiler, record), record.placement(), record.slots());
    }

    /** The desired role of a record in this state, as if its instance were announced. */
    public static DesiredRole.Present compileAnnounced(PolicyCompiler compiler, RoleRecord record, LinkedRole state) {
        return compiler.compileAnnounced(state, identity(compiler, record), record.placement(), record.slots());
    }

    /** The name alone, which takes no compiling. */
    public static RoleName of(PolicyCompiler compiler, RoleRecord record) {
        return identity(compiler, record).name();
    }

    /** The identity recorded; or read off what is, in records of before; or the one that the role gets if it is made now. */
    public static RoleIdentity identity(PolicyCompiler compiler, RoleRecord record) {
        RoleIdentity known = record.identity().orElseGet(() -> derived(record, compiler.identityOf(record.role())));
        return record.roleArn().map(RoleName::ofArn).map(known::named).orElse(known);
    }

    /** The record with its identity in it. */
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

    /** A role that was adopted may be on any path; its managed policies are on ours. */
    private static String pathOf(RoleRecord record, String arn, RoleIdentity now) {
        boolean sameMode = ServiceLinkedPath.hasRole(arn) == now.serviceLinked();
        return record.role().adoptedAt().isPresent() && sameMode ? now.path() : RoleName.pathOfArn(arn);
    }

    /** The role's ARN if it is known and of a service-linked role. */
    static Optional<String> serviceLinkedArn(RoleRecord record) {
        return record.roleArn().filter(ServiceLinkedPath::hasRole);
    }
}
