package dev.linkedrole.role.plan;

import dev.linkedrole.role.fingerprint.RoleComponent;
import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.packing.StatementOnResource;
import dev.linkedrole.role.packing.Statements;
import dev.linkedrole.role.policy.PolicyDocument;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.PolicyArns;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Planner of the IAM calls that turn one role into another; grants are added before others are revoked. */
public final class Planner {

    private Planner() {}

    /**
     * Plans the creation of a role that does not exist, with everything but its policies, whose ARNs follow from that
     * of the role.
     */
    public static Plan creation(DesiredRole.Present desired, Optional<Instant> recordedAt) {
        return new Plan(List.of(new Step.CreateRole(desired, recordedAt)));
    }

    /**
     * Plans the calls from a known role to the desired one.
     *
     * @param known state of the role in IAM, as far as it is known
     * @param arns ARNs of the role's managed policies
     */
    public static Plan toward(DesiredRole.Present desired, RoleFingerprint known, PolicyArns arns) {
        return toward(desired, known, arns, Set.of());
    }

    /**
     * Plans the calls for a role that components of others keep from growing.
     *
     * @param inTheWay components to remove before anything can be added
     */
    public static Plan toward(
            DesiredRole.Present desired, RoleFingerprint known, PolicyArns arns, Set<RoleComponent> inTheWay) {
        return toward(desired, known, arns, inTheWay, true);
    }

    /**
     * Plans the calls for a role that is taken over. It has to be tagged as ours before anything else, and gets no
     * permission while its former owner's trust policy is in force.
     *
     * @param ours true if it carries our tags already
     */
    public static Plan toward(
            DesiredRole.Present desired,
            RoleFingerprint known,
            PolicyArns arns,
            Set<RoleComponent> inTheWay,
            boolean ours) {
        PlanDraft draft = new PlanDraft();
        Set<Integer> beforeGrowth = new TreeSet<>();
        SortedMap<RoleComponent, String> want = desired.fingerprint().digests();
        differing(want, known)
                .flatMap(component -> ComponentSteps.putting(component, desired).stream())
                .forEach(step -> {
                    int index = draft.add(step, Set.of());
                    if (!ours && step instanceof Step.PutTags) {
                        draft.allElseNeeds(index);
                    }
                    if (!ours && step instanceof Step.PutTrustPolicy) {
                        beforeGrowth.add(index);
                    }
                });
        inTheWay.forEach(component -> draft.addChain(ComponentSteps.removing(component, arns), Set.of()));
        PolicySteps policies = new PolicySteps(desired, known, arns, draft, beforeGrowth);
        policies.addAll();
        known.digests().keySet().stream()
                .filter(component ->
                        !want.containsKey(component) && !inTheWay.contains(component) && !policies.removed(component))
                .forEach(component -> draft.addChain(ComponentSteps.removing(component, arns), Set.of()));
        // The description comes last: no step needs it, and no permission depends on it.
        differing(want, known)
                .filter(RoleComponent.Description.class::isInstance)
                .forEach(component ->
                        draft.add(new Step.PutDescription(desired.description().text()), Set.of()));
        return draft.plan();
    }

    private static Stream<RoleComponent> differing(SortedMap<RoleComponent, String> want, RoleFingerprint known) {
        return want.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(known.digests().get(entry.getKey())))
                .map(Map.Entry::getKey);
    }

    /**
     * Plans the removal of undesired statements from a role's own policies, and adds none: for a role that could not be
     * made as desired.
     *
     * @param known the role as far as it was changed; a policy of unknown content is left
     */
    public static Plan pruning(DesiredRole.Present desired, KnownRole known, PolicyArns arns) {
        PlanDraft draft = new PlanDraft();
        SortedMap<RoleComponent, String> want = desired.fingerprint().digests();
        SortedMap<RoleComponent, String> has = known.fingerprint().digests();
        known.placement().keys().forEach((slot, keys) -> {
            String digest = has.getOrDefault(RoleComponent.of(slot), RoleFingerprint.UNATTACHED);
            if (digest.equals(RoleFingerprint.UNATTACHED) || digest.equals(want.get(RoleComponent.of(slot)))) {
                return;
            }
            List<StatementOnResource> kept = desired.entries().stream()
                    .filter(entry -> keys.contains(entry.key()))
                    .toList();
            if (kept.isEmpty()) {
                draft.addChain(ComponentSteps.removing(RoleComponent.of(slot), arns), Set.of());
                return;
            }
            String document = Statements.policy(kept);
            if (!digest.equals(PolicyDocument.digest(document))) {
                draft.add(ComponentSteps.rewriting(slot, document, arns), Set.of());
            }
        });
        return draft.plan();
    }

    /**
     * Plans the deletion of a role after its policies, since IAM deletes only a role without any. Its own managed
     * policies are deleted after it.
     */
    public static Plan removal(RoleFingerprint known, PolicyArns arns) {
        PlanDraft draft = new PlanDraft();
        Map<Step, Set<Integer>> last = new LinkedHashMap<>();
        Set<Integer> before = new TreeSet<>();
        known.digests().keySet().forEach(component -> {
            Set<Integer> detached = new TreeSet<>();
            ComponentSteps.removing(component, arns).forEach(step -> {
                if (step instanceof Step.DeletePolicy) {
                    last.put(step, detached);
                } else {
                    detached.add(draft.add(step, Set.of()));
                }
            });
            before.addAll(detached);
        });
        draft.add(new Step.DeleteRole(), before);
        last.forEach(draft::add);
        return draft.plan();
    }

    /** Plans the removal of all policies of a role. */
    public static Plan clearance(RoleFingerprint known, PolicyArns arns) {
        PlanDraft draft = new PlanDraft();
        known.digests()
                .keySet()
                .forEach(component -> draft.addChain(ComponentSteps.removing(component, arns), Set.of()));
        return draft.plan();
    }

    /** Plans the deletion of managed policies that a deleted role has left behind. */
    public static Plan leftovers(Collection<PolicySlot> slots, PolicyArns arns) {
        return new Plan(slots.stream()
                .<Step>map(slot -> new Step.DeletePolicy(arns.of(slot)))
                .toList());
    }
}
