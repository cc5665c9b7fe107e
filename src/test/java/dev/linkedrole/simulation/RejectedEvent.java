package dev.linkedrole.simulation;

import dev.linkedrole.iammodel.SeenRole;
import dev.linkedrole.role.model.ReferenceRole;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.simulation.checks.Safety;
import dev.linkedrole.simulation.world.Cloud;
import dev.linkedrole.simulation.world.HistoryRows;
import dev.linkedrole.simulation.world.InstanceLife;
import dev.linkedrole.simulation.world.Setting;
import dev.linkedrole.testing.iam.Permission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks that no revocable excess permission remains even while IAM rejects calls of one kind for good. */
final class RejectedEvent {

    private final String operation;
    private final Cloud cloud;
    private final Setting setting;
    private final Safety safety;
    private final List<String> tooMuch = new ArrayList<>();

    RejectedEvent(String operation, Cloud cloud, Setting setting, Safety safety) {
        this.operation = operation;
        this.cloud = cloud;
        this.setting = setting;
        this.safety = safety;
    }

    /** Descriptions of excess permissions. */
    List<String> tooMuch() {
        tooMuch.clear();
        setting.lives().stream()
                .filter(life -> !safety.isForeign(life.roleName()))
                .forEach(life -> cloud.iam.role(life.roleName().value()).ifPresent(role -> look(life, role)));
        if (!cloud.queue.isEmpty()) {
            tooMuch.add(cloud.queue.size() + " messages are still in the queue");
        }
        return tooMuch;
    }

    private void look(InstanceLife life, SeenRole role) {
        ReferenceRole reference =
                new ReferenceRole(life.those(cloud.table.events(life.instance().id())));
        Set<Permission> expected =
                reference.announced() && !reference.deleted() ? HistoryRows.of(reference.grants()) : Set.of();
        role.inline().forEach((name, document) -> {
            boolean own = name.equals(PolicySlot.INLINE_POLICY);
            // A policy of ours shrinks by a write, and is removed by a deletion.
            boolean excused = rejects("DeleteRolePolicy") && (!own || expected.isEmpty());
            if (!excused && !(own && rejects("PutRolePolicy"))) {
                require(life, name, document, own ? expected : Set.of());
            }
        });
        role.attached().forEach((arn, document) -> {
            boolean own = arn.contains(life.roleName().value());
            // IAM accepts no sixth version of a policy.
            boolean stuck = rejects("CreatePolicyVersion") || rejects("DeletePolicyVersion");
            if (!rejects("DetachRolePolicy") && !(own && stuck)) {
                require(life, arn, document, own ? expected : Set.of());
                if (!own) {
                    tooMuch.add("the policy " + arn + " is attached to " + life.roleName());
                }
            }
        });
    }

    private boolean rejects(String other) {
        return operation.equals(other);
    }

    private void require(InstanceLife life, String policy, String document, Set<Permission> most) {
        Set<Permission> more = new HashSet<>(document.isEmpty() ? Set.of() : safety.permissions(document));
        more.removeAll(most);
        if (!more.isEmpty()) {
            tooMuch.add("while IAM rejects " + operation + ", the role " + life.roleName() + " may do too much by "
                    + policy + ": " + more);
        }
    }
}
