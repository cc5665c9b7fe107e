package dev.linkedrole.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.Inspector;
import dev.linkedrole.role.identity.RoleIdentity;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * JSON view of a role's identity. It is fixed until the role is deleted; changed settings apply to roles that are
 * created later.
 *
 * @param name the role's name
 * @param path its IAM path
 * @param owner the value of its tag linked-role:managed-by
 * @param mode customer-managed or service-linked
 * @param account the account that it is in
 * @param bySettings those of them that would differ by the present settings; absent if there are none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record IdentityView(
        String name, String path, String owner, String mode, String account, SortedMap<String, String> bySettings) {

    static IdentityView of(RoleRecord record, Inspector inspector) {
        RoleIdentity known = inspector.identity(record);
        RoleIdentity now = inspector.identityBySettings(record);
        SortedMap<String, String> other = new TreeMap<>();
        // The name of a service-linked role is IAM's to choose.
        if (!known.serviceLinked() && !known.name().equals(now.name())) {
            other.put("name", now.name().value());
        }
        if (!known.path().equals(now.path())) {
            other.put("path", now.path());
        }
        if (!known.owner().equals(now.owner())) {
            other.put("owner", now.owner());
        }
        if (!mode(known).equals(mode(now))) {
            other.put("mode", mode(now));
        }
        return new IdentityView(
                known.name().value(),
                known.path(),
                known.owner(),
                mode(known),
                record.role().instance().account(),
                other);
    }

    private static String mode(RoleIdentity identity) {
        return identity.serviceLinked() ? "service-linked" : "customer-managed";
    }
}
