package dev.linkedrole.simulation.world;

import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.iam.Bots;
import dev.linkedrole.testing.iam.ContractTable;
import dev.linkedrole.testing.iam.GrantTable;
import dev.linkedrole.testing.iam.Permission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Permissions of grants by the contract's table, which is written by hand and not compiled. */
public final class HistoryRows {

    /** Number of bots. */
    static final int BOTS = 400;

    private static final Map<Grant, Set<Permission>> PERMISSIONS = permissions();

    static final List<GrantTable.Row> CONTRACT = ContractTable.rows().toList();

    private HistoryRows() {}

    private static Map<Grant, Set<Permission>> permissions() {
        Map<Grant, Set<Permission>> permissions = new HashMap<>();
        permissions.put(Grant.BASE, ContractTable.BASE);
        ContractTable.rows().forEach(row -> grants(row).forEach(grant -> permissions.put(grant, row.grants())));
        for (int bot = 0; bot < BOTS; bot++) {
            permissions.put(Grant.of("lex-bots", Bots.bot(bot)), Bots.permissions(bot, bot + 1));
        }
        return permissions;
    }

    private static List<Grant> grants(GrantTable.Row row) {
        return row.resources().isEmpty()
                ? List.of(Grant.withoutResource(row.feature()))
                : row.resources().stream()
                        .map(resource -> Grant.of(row.feature(), resource))
                        .toList();
    }

    /** Returns the permissions of a role with these grants. */
    public static Set<Permission> of(Collection<Grant> grants) {
        Set<Permission> all = new HashSet<>();
        grants.forEach(grant -> all.addAll(PERMISSIONS.getOrDefault(grant, Set.of())));
        return all;
    }

    /** Returns all permissions that a role may ever have after these events. */
    public static Set<Permission> everGranted(Collection<RoleEvent> recorded) {
        List<Grant> grants = new ArrayList<>(List.of(Grant.BASE));
        recorded.stream()
                .filter(RoleEvent.FeatureEnabled.class::isInstance)
                .forEach(event ->
                        grants.addAll(LinkedRole.of(event).grantWrites().keySet()));
        return of(grants);
    }
}
