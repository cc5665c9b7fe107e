package dev.linkedrole.reconcile.resync;

import dev.linkedrole.reconcile.RolePreview;
import dev.linkedrole.role.model.InstanceArn;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Preview of a resync of some roles.
 *
 * @param changes previews of the roles that would change, or are blocked, in the order of their instances' ids
 * @param failures reasons why a role could not be previewed, by its instance's id
 * @param unchanged number of roles that are as desired
 */
public record ResyncPreview(List<RolePreview> changes, SortedMap<String, String> failures, long unchanged) {

    public ResyncPreview {
        changes = List.copyOf(changes);
        failures = Collections.unmodifiableSortedMap(new TreeMap<>(failures));
    }

    static ResyncPreview of(List<RolePreview> previews, Map<InstanceArn, String> failures, long unchanged) {
        SortedMap<String, String> reasons = new TreeMap<>();
        failures.forEach((instance, reason) -> reasons.put(instance.id().value(), reason));
        List<RolePreview> changes = previews.stream()
                .filter(preview -> preview.action() != RolePreview.Action.NONE)
                .sorted(Comparator.comparing(preview -> preview.instance().id().value()))
                .toList();
        return new ResyncPreview(changes, reasons, unchanged + previews.size() - changes.size());
    }
}
