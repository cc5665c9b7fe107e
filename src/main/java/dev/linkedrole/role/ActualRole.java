package dev.linkedrole.role;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A role as IAM has it. */
public sealed interface ActualRole {

    /** IAM has no role of that name. */
    record Missing() implements ActualRole {}

    /**
     * IAM has one.
     *
     * @param arn its ARN
     * @param createdAt when it was made, by IAM's clock
     * @param description its description, perhaps empty
     * @param trustPolicy who may assume it, as JSON
     * @param tags all its tags
     * @param permissionsBoundary the ARN of its boundary
     * @param inlinePolicies its inline policies by name, as JSON
     * @param attachedPolicies the ARNs of the managed policies attached to it
     */
    record Present(
            String arn,
            Instant createdAt,
            String description,
            String trustPolicy,
            Map<String, String> tags,
            Optional<String> permissionsBoundary,
            SortedMap<String, String> inlinePolicies,
            SortedSet<String> attachedPolicies)
            implements ActualRole {

        /** Bound on how far this service's clock may be ahead of IAM's. */
        private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

        /** A role right after {@code CreateRole}: all that is desired but its policies, and the tags of a service-linked one. */
        public static Present created(WantedRole.Present wanted, String arn, Instant at) {
            return new Present(
                    arn,
                    at,
                    wanted.descriptionAtBirth(),
                    wanted.trustPolicy(),
                    wanted.serviceLinked() ? new TreeMap<>() : wanted.tags(),
                    wanted.permissionsBoundary(),
                    new TreeMap<>(),
                    new TreeSet<>());
        }

        /**
         * Tells that the role cannot have been made for a record: its tag {@value RoleTags#RECORDED_TAG} names another one. Roles made by
         * earlier versions have no such tag, and are judged by their age.
         */
        public boolean cannotBeMadeFor(RoleIdentity identity) {
            return identity.recordedAt()
                    .filter(at -> RoleTags.value(tags, RoleTags.RECORDED_TAG)
                            .map(recorded -> !recorded.equals(at.toString()))
                            .orElseGet(() -> createdAt.plus(CLOCKS_APART).isBefore(at)))
                    .isPresent();
        }

        /** Whether the role carries all these tags, which is what makes it ours. */
        public boolean has(SortedMap<String, String> ownershipTags) {
            return RoleTags.carry(tags, ownershipTags);
        }

        /**
         * Whether the role is ours: it carries the tags, or it is service-linked, says in its description that it was made to be
         * this role, and nobody has marked it as his since.
         */
        public boolean isOurs(SortedMap<String, String> ownershipTags) {
            return has(ownershipTags)
                    || (ServiceLinkedPath.hasRole(arn)
                            && BirthMark.of(ownershipTags).isOn(description)
                            && !isMarkedByAnother(ownershipTags));
        }

        /**
         * Whether an operator's word lets us take it over: it was there when that was said, and nobody else has marked it as his.
         */
        public boolean mayBeAdopted(SortedMap<String, String> ownershipTags, Instant word) {
            return !createdAt.isAfter(word) && !isMarkedByAnother(ownershipTags);
        }

        private boolean isMarkedByAnother(SortedMap<String, String> ownershipTags) {
            return ownershipTags.entrySet().stream()
                    .anyMatch(tag -> RoleTags.value(tags, tag.getKey())
                            .filter(value -> !value.equals(tag.getValue()))
                            .isPresent());
        }

        /** This role as it compares with what is wanted: tags that are not wanted ones, and a boundary and a
         * description where none is, do not count; nor does what its service has made of a service-linked role. */
        public Footprint footprint(WantedRole.Present wanted) {
            return footprint(Aspects.of(wanted));
        }

        Footprint footprint(Aspects compared) {
            SortedMap<Facet, String> digests = new TreeMap<>(policies().digests());
            if (compared.serviceLinked()) {
                digests.keySet().removeIf(ActualRole.Present::isOfService);
            } else {
                digests.put(new Facet.Trust(), PolicyDocument.digest(trustPolicy));
            }
            // By our spelling: another one is the same tag, and is put right again.
            SortedMap<String, String> ownTags = new TreeMap<>(tags);
            ownTags.keySet().retainAll(compared.tags());
            digests.put(new Facet.Tags(), Digest.of(ownTags.toString()));
            if (compared.boundary()) {
                permissionsBoundary.ifPresent(bound -> digests.put(new Facet.Boundary(), Digest.of(bound)));
            }
            if (compared.description()) {
                digests.put(new Facet.Description(), Digest.of(description));
            }
            return new Footprint(digests);
        }

        private static boolean isOfService(Facet facet) {
            return facet instanceof Facet.Attached(String policy) && ServiceLinkedPath.hasPolicy(policy);
        }

        /** Those of its tags that have a name of ours, however it is spelled. */
        SortedMap<String, String> tagsOf(WantedRole.Present wanted) {
            return RoleTags.named(tags, wanted.tags().keySet());
        }

        /** The policies alone: what has to go before the role can. */
        public Footprint policies() {
            SortedMap<Facet, String> digests = new TreeMap<>();
            inlinePolicies.forEach(
                    (policy, json) -> digests.put(new Facet.Inline(policy), PolicyDocument.digest(json)));
            attachedPolicies.forEach(policy -> digests.put(new Facet.Attached(policy), Digest.of(policy)));
            return new Footprint(digests);
        }
    }
}
