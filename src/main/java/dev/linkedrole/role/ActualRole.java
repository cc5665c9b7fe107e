package dev.linkedrole.role;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** A role as IAM has it. */
public sealed interface ActualRole {

    /** IAM has no role of that name. */
    record Missing() implements ActualRole {}

    /**
     * IAM has one.
     *
     * @param arn its ARN
     * @param description its description, perhaps empty
     * @param trustPolicy who may assume it, as JSON
     * @param tags all its tags
     * @param permissionsBoundary the ARN of its boundary
     * @param inlinePolicies its inline policies by name, as JSON
     * @param attachedPolicies the ARNs of the managed policies attached to it
     */
    record Present(
            String arn,
            String description,
            String trustPolicy,
            Map<String, String> tags,
            Optional<String> permissionsBoundary,
            SortedMap<String, String> inlinePolicies,
            SortedSet<String> attachedPolicies)
            implements ActualRole {

        /** Whether the role carries all these tags, which is what makes it ours. */
        public boolean has(SortedMap<String, String> ownershipTags) {
            return tags.entrySet().containsAll(ownershipTags.entrySet());
        }

        /** This role as it compares with what is wanted: tags that are not wanted ones, and a boundary and a
         * description where none is, do not count. */
        public Footprint footprint(WantedRole.Present wanted) {
            SortedMap<Facet, String> digests = new TreeMap<>(policies().digests());
            digests.put(new Facet.Trust(), Footprint.digest(PolicyDocument.canonical(trustPolicy)));
            SortedMap<String, String> ownTags = new TreeMap<>(tags);
            ownTags.keySet().retainAll(wanted.tags().keySet());
            digests.put(new Facet.Tags(), Footprint.digest(ownTags.toString()));
            if (wanted.permissionsBoundary().isPresent()) {
                permissionsBoundary.ifPresent(bound -> digests.put(new Facet.Boundary(), Footprint.digest(bound)));
            }
            if (wanted.description().edited()) {
                digests.put(new Facet.Description(), Footprint.digest(description));
            }
            return new Footprint(digests);
        }

        /** The policies alone: what has to go before the role can. */
        public Footprint policies() {
            SortedMap<Facet, String> digests = new TreeMap<>();
            inlinePolicies.forEach((policy, json) ->
                    digests.put(new Facet.Inline(policy), Footprint.digest(PolicyDocument.canonical(json))));
            attachedPolicies.forEach(policy -> digests.put(new Facet.Attached(policy), Footprint.digest(policy)));
            return new Footprint(digests);
        }
    }
}
