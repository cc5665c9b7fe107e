package dev.linkedrole.role;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * A role as far as it is known, to be kept up to date while it is being changed.
 *
 * @param footprint what it looks like
 * @param placement which of its policies holds what
 */
public record KnownRole(Footprint footprint, Placement placement) {

    /**
     * The role once these steps are done.
     *
     * @param arns where its managed policies are
     */
    public KnownRole after(List<Step> done, PolicyArns arns) {
        Change change = new Change(this, arns);
        done.forEach(change::apply);
        return new KnownRole(new Footprint(change.digests), new Placement(change.keys));
    }

    /** Some steps in their course. */
    private static final class Change {

        private final PolicyArns arns;
        private final SortedMap<Facet, String> digests;
        private final SortedMap<Home, SortedSet<String>> keys;
        private final Map<Home, String> unattached = new HashMap<>();

        Change(KnownRole role, PolicyArns arns) {
            this.arns = arns;
            this.digests = new TreeMap<>(role.footprint.digests());
            this.keys = new TreeMap<>(role.placement.keys());
        }

        void apply(Step step) {
            switch (step) {
                case Step.CreateRole create -> {}
                case Step.PutTrustPolicy(String document) -> putPolicy(new Facet.Trust(), document);
                case Step.PutTags(SortedMap<String, String> tags) -> put(new Facet.Tags(), tags.toString());
                case Step.PutBoundary(String policyArn) -> put(new Facet.Boundary(), policyArn);
                case Step.PutDescription(String description) -> put(new Facet.Description(), description);
                case Step.PutInlinePolicy(String policy, String document) -> inline(policy, document);
                case Step.DeleteInlinePolicy(String policy) -> {
                    digests.remove(new Facet.Inline(policy));
                    if (policy.equals(Home.INLINE_POLICY)) {
                        keys.remove(Home.INLINE);
                    }
                }
                case Step.CreatePolicy(String arn, String document, SortedMap<String, String> tags) ->
                    arns.homeOf(arn).ifPresent(home -> {
                        digests.put(Facet.of(home), Footprint.UNATTACHED);
                        unattached.put(home, document);
                    });
                case Step.PutPolicyVersion(String arn, String document) ->
                    arns.homeOf(arn).ifPresent(home -> version(home, document));
                case Step.AttachPolicy(String arn) -> arns.homeOf(arn).ifPresent(this::attach);
                case Step.DetachPolicy(String arn) -> detach(arn);
                case Step.DeletePolicy(String arn) ->
                    arns.homeOf(arn).ifPresent(home -> digests.remove(Facet.of(home)));
                case Step.LeaveInstanceProfile(String profile) -> digests.remove(new Facet.InInstanceProfile(profile));
                case Step.DeleteRole() -> {
                    digests.keySet().removeIf(facet -> !(facet instanceof Facet.Managed));
                    keys.clear();
                }
            }
        }

        private void put(Facet facet, String content) {
            digests.put(facet, Digest.of(content));
        }

        private void putPolicy(Facet facet, String document) {
            digests.put(facet, PolicyDocument.digest(document));
        }

        private void inline(String policy, String document) {
            putPolicy(new Facet.Inline(policy), document);
            if (policy.equals(Home.INLINE_POLICY)) {
                hold(Home.INLINE, document);
            }
        }

        private void hold(Home home, String document) {
            keys.putAll(Placement.read(Map.of(home, document)).keys());
        }

        private void version(Home home, String document) {
            if (Footprint.UNATTACHED.equals(digests.get(Facet.of(home)))) {
                unattached.put(home, document);
            } else {
                putPolicy(Facet.of(home), document);
                hold(home, document);
            }
        }

        private void attach(Home home) {
            String document = unattached.remove(home);
            if (document == null) {
                digests.put(Facet.of(home), Footprint.UNKNOWN);
            } else {
                putPolicy(Facet.of(home), document);
                hold(home, document);
            }
        }

        private void detach(String arn) {
            digests.remove(new Facet.Attached(arn));
            arns.homeOf(arn).ifPresent(home -> {
                digests.computeIfPresent(Facet.of(home), (facet, digest) -> Footprint.UNATTACHED);
                keys.remove(home);
            });
        }
    }
}
