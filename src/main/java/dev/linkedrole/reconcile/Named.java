package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.PolicyCompiler;
import dev.linkedrole.role.RoleName;
import dev.linkedrole.role.ServiceLinkedPath;
import dev.linkedrole.role.WantedRole;
import java.util.Optional;

/** What roles have to be under the names that they have: a service-linked one has the name that IAM gave it, whatever ours is. */
final class Named {

    private Named() {}

    static WantedRole compile(PolicyCompiler compiler, RoleRecord record) {
        WantedRole wanted = compiler.compile(record.role(), record.placement());
        return serviceLinkedName(record).map(wanted::named).orElse(wanted);
    }

    /** The name alone, which takes no compiling. */
    static RoleName of(PolicyCompiler compiler, RoleRecord record) {
        return serviceLinkedName(record).orElseGet(() -> compiler.nameOf(record.role()));
    }

    private static Optional<RoleName> serviceLinkedName(RoleRecord record) {
        return serviceLinkedArn(record).map(RoleName::ofArn);
    }

    /** The role's ARN if it is known and of a service-linked role. */
    static Optional<String> serviceLinkedArn(RoleRecord record) {
        return record.roleArn().filter(ServiceLinkedPath::hasRole);
    }
}
