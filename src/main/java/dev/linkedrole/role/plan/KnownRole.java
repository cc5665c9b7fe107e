package dev.linkedrole.role.plan;

import dev.linkedrole.role.fingerprint.RoleComponent;
import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.model.Digest;
import dev.linkedrole.role.packing.Placement;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.policy.PolicyDocument;
import dev.linkedrole.role.state.PolicyArns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * A role as far as it is known; kept up to date while the role is changed.
 *
 * @param fingerprint its fingerprint
 * @param placement the policy of each statement
 */
public record KnownRole(RoleFingerprint fingerprint, Placement placement) {

    /**
     * Returns the role after these steps.
     *
     * @param arns ARNs of its managed policies
     */
    public KnownRole after(List<Step> done, PolicyArns arns) {
        Change change = new Change(this, arns);
        done.forEach(change::apply);
        return new KnownRole(new RoleFingerprint(change.digests), new Placement(change.keys));
    }

    /** Application of steps to a known role. */
    private static final class Change {

        private final PolicyArns arns;
        private final SortedMap<RoleComponent, String> digests;
        private final SortedMap<PolicySlot, SortedSet<String>> keys;
        private final Map<PolicySlot, String> unattached = new HashMap<>();

        Change(KnownRole role, PolicyArns arns) {
            this.arns = arns;
            this.digests = new TreeMap<>(role.fingerprint.digests());
            this.keys = new TreeMap<>(role.placement.keys());
        }

        void apply(Step step) {
            switch (step) {
                case Step.CreateRole create -> {}
                case Step.PutTrustPolicy(String document) -> putPolicy(new RoleComponent.Trust(), document);
                case Step.PutTags(SortedMap<String, String> tags) -> put(new RoleComponent.Tags(), tags.toString());
                case Step.PutBoundary(String policyArn) -> put(new RoleComponent.Boundary(), policyArn);
                case Step.PutDescription(String description) -> put(new RoleComponent.Description(), description);
                case Step.PutInlinePolicy(String policy, String document) -> inline(policy, document);
                case Step.DeleteInlinePolicy(String policy) -> {
                    digests.remove(new RoleComponent.Inline(policy));
                    if (policy.equals(PolicySlot.INLINE_POLICY)) {
                        keys.remove(PolicySlot.INLINE);
                    }
                }
                case Step.CreatePolicy(String arn, String document, SortedMap<String, String> tags) ->
                    arns.slotOf(arn).ifPresent(slot -> {
                        digests.put(RoleComponent.of(slot), RoleFingerprint.UNATTACHED);
                        unattached.put(slot, document);
                    });
                case Step.PutPolicyVersion(String arn, String document) ->
                    arns.slotOf(arn).ifPresent(slot -> version(slot, document));
                case Step.AttachPolicy(String arn) -> arns.slotOf(arn).ifPresent(this::attach);
                case Step.DetachPolicy(String arn) -> detach(arn);
                case Step.DeletePolicy(String arn) ->
                    arns.slotOf(arn).ifPresent(slot -> digests.remove(RoleComponent.of(slot)));
                case Step.LeaveInstanceProfile(String profile) ->
                    digests.remove(new RoleComponent.InInstanceProfile(profile));
                case Step.DeleteRole() -> {
                    digests.keySet().removeIf(component -> !(component instanceof RoleComponent.Managed));
                    keys.clear();
                }
            }
        }

        private void put(RoleComponent component, String content) {
            digests.put(component, Digest.of(content));
        }

        private void putPolicy(RoleComponent component, String document) {
            digests.put(component, PolicyDocument.digest(document));
        }

        private void inline(String policy, String document) {
            putPolicy(new RoleComponent.Inline(policy), document);
            if (policy.equals(PolicySlot.INLINE_POLICY)) {
                setContent(PolicySlot.INLINE, document);
            }
        }

        private void setContent(PolicySlot slot, String document) {
            keys.putAll(Placement.read(Map.of(slot, document)).keys());
        }

        private void version(PolicySlot slot, String document) {
            if (RoleFingerprint.UNATTACHED.equals(digests.get(RoleComponent.of(slot)))) {
                unattached.put(slot, document);
            } else {
                putPolicy(RoleComponent.of(slot), document);
                setContent(slot, document);
            }
        }

        private void attach(PolicySlot slot) {
            String document = unattached.remove(slot);
            if (document == null) {
                digests.put(RoleComponent.of(slot), RoleFingerprint.UNKNOWN);
            } else {
                putPolicy(RoleComponent.of(slot), document);
                setContent(slot, document);
            }
        }

        private void detach(String arn) {
            digests.remove(new RoleComponent.Attached(arn));
            arns.slotOf(arn).ifPresent(slot -> {
                digests.computeIfPresent(RoleComponent.of(slot), (component, digest) -> RoleFingerprint.UNATTACHED);
                keys.remove(slot);
            });
        }
    }
}
