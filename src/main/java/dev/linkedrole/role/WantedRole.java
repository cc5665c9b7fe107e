package dev.linkedrole.role;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a role has to be in IAM, worked out from all that is known of its instance. */
public sealed interface WantedRole {

    RoleName name();

    /** The instance was not announced yet: whatever IAM has under the name is left alone. */
    record NotYet(RoleName name) implements WantedRole {}

    /** The instance is deleted: the role must not exist. */
    record Gone(RoleName name) implements WantedRole {}

    /**
     * The role must exist, like this.
     *
     * @param path its IAM path, which cannot be changed later
     * @param description how it is described
     * @param trustPolicy who may assume it, as JSON
     * @param tags the tags that make it ours
     * @param permissionsBoundary the ARN of its boundary, if this deployment sets one
     * @param inlinePolicies the permission policies by name, as JSON
     * @param notInCatalog recorded grants that the catalog does not have any more, which are not granted
     */
    record Present(
            RoleName name,
            String path,
            WantedDescription description,
            String trustPolicy,
            SortedMap<String, String> tags,
            Optional<String> permissionsBoundary,
            SortedMap<String, String> inlinePolicies,
            List<Grant> notInCatalog)
            implements WantedRole {

        /** The role as it is known once it is like this. */
        public Footprint footprint() {
            SortedMap<Facet, String> digests = new TreeMap<>();
            digests.put(new Facet.Trust(), Footprint.digest(trustPolicy));
            digests.put(new Facet.Tags(), Footprint.digest(tags.toString()));
            permissionsBoundary.ifPresent(arn -> digests.put(new Facet.Boundary(), Footprint.digest(arn)));
            if (description.edited()) {
                digests.put(new Facet.Description(), Footprint.digest(description.text()));
            }
            inlinePolicies.forEach((policy, json) -> digests.put(new Facet.Inline(policy), Footprint.digest(json)));
            return new Footprint(digests);
        }

        /** Characters of inline policy beyond what IAM lets a role have; 0 if it fits. */
        public int charactersOver() {
            int size = inlinePolicies.values().stream()
                    .mapToInt(PolicyDocument::size)
                    .sum();
            return Math.max(0, size - PolicyDocument.MAX_INLINE_SIZE);
        }
    }
}
