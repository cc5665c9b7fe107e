package dev.linkedrole.role.plan;

import dev.linkedrole.role.fingerprint.RoleComponent;
import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.packing.RepackStep;
import dev.linkedrole.role.packing.StatementLocations;
import dev.linkedrole.role.packing.StatementOnResource;
import dev.linkedrole.role.packing.Statements;
import dev.linkedrole.role.policy.PolicyDocument;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.PolicyArns;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Builder of the steps for a role's permission policies; grants are added before others are revoked. */
final class PolicySteps {

    private static final SortedSet<StatementOnResource> NOTHING = Collections.unmodifiableSortedSet(new TreeSet<>());

    private final DesiredRole.Present desired;
    private final PolicyArns arns;
    private final SortedMap<RoleComponent, String> known;
    private final SortedMap<RoleComponent, String> want;
    private final SortedMap<PolicySlot, String> documents;
    private final Set<RoleComponent> removed = new HashSet<>();
    private final PlanDraft draft;
    private final Set<Integer> beforeGrowth;
    private final StatementLocations locations;

    /**
     * @param draft the plan to which the steps are added
     * @param beforeGrowth steps to do before anything is granted
     */
    PolicySteps(
            DesiredRole.Present desired,
            RoleFingerprint known,
            PolicyArns arns,
            PlanDraft draft,
            Set<Integer> beforeGrowth) {
        this.desired = desired;
        this.arns = arns;
        this.known = new TreeMap<>(known.digests());
        this.want = desired.fingerprint().digests();
        this.documents = desired.packing().documents();
        this.draft = draft;
        this.beforeGrowth = beforeGrowth;
        this.locations = new StatementLocations(desired.packing());
    }

    void addAll() {
        // The moves begin at the known placement, and are not needed for a role that is in the final one already.
        if (!isThere()) {
            desired.packing().moves().forEach(this::move);
        }
        documents.forEach((slot, document) -> {
            RoleComponent component = RoleComponent.of(slot);
            if (!digest(want, component).equals(digest(known, component))) {
                put(slot, document, keys(desired.packing().contents().getOrDefault(slot, NOTHING)));
            }
        });
    }

    private boolean isThere() {
        return documents.keySet().stream()
                .map(RoleComponent::of)
                .allMatch(component -> digest(want, component).equals(digest(known, component)));
    }

    /** True if a move has revoked an undesired policy. */
    boolean removed(RoleComponent component) {
        return removed.contains(component);
    }

    private void move(RepackStep move) {
        RoleComponent component = RoleComponent.of(move.slot());
        if (!move.content().isEmpty()) {
            removed.remove(component);
            put(move.slot(), Statements.policy(move.content()), keys(move.content()));
        } else if (known.remove(component) != null) {
            removed.add(component);
            Set<Integer> needed = locations.neededFor(move.slot(), Set.of());
            locations.written(move.slot(), Set.of(), draft.addChain(ComponentSteps.removing(component, arns), needed));
        }
    }

    private static Set<String> keys(Collection<StatementOnResource> entries) {
        return entries.stream().map(StatementOnResource::key).collect(Collectors.toSet());
    }

    private void put(PolicySlot slot, String document, Set<String> keys) {
        RoleComponent component = RoleComponent.of(slot);
        String before = digest(known, component);
        String after = PolicyDocument.digest(document);
        if (after.equals(before)) {
            return;
        }
        known.put(component, after);
        Set<Integer> needed = new HashSet<>(beforeGrowth);
        needed.addAll(locations.neededFor(slot, keys));
        locations.written(slot, keys, draft.addChain(writing(slot, document, before), needed));
    }

    private List<Step> writing(PolicySlot slot, String document, String before) {
        if (slot.isInline()) {
            return List.of(ComponentSteps.rewriting(slot, document, arns));
        }
        String arn = arns.of(slot);
        if (before.isEmpty()) {
            return List.of(new Step.CreatePolicy(arn, document, desired.ownership()), new Step.AttachPolicy(arn));
        }
        Step rewriting = ComponentSteps.rewriting(slot, document, arns);
        return before.equals(RoleFingerprint.UNATTACHED)
                ? List.of(rewriting, new Step.AttachPolicy(arn))
                : List.of(rewriting);
    }

    private static String digest(SortedMap<RoleComponent, String> digests, RoleComponent component) {
        return digests.getOrDefault(component, "");
    }
}
