package dev.linkedrole.role.state;

import dev.linkedrole.role.fingerprint.RoleComponent;
import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.identity.RoleIdentity;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.identity.ServiceLinkedPath;
import dev.linkedrole.role.model.Digest;
import dev.linkedrole.role.policy.PolicyDocument;
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
     * IAM has a role of that name.
     *
     * @param arn its ARN
     * @param createdAt time of its creation by IAM's clock
     * @param description its description, perhaps empty
     * @param trustPolicy trust policy, as JSON
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

        /**
         * Returns a role right after {@code CreateRole}: as desired, but without policies, and without tags if it is
         * service-linked.
         */
        public static Present created(DesiredRole.Present desired, String arn, Instant at) {
            return new Present(
                    arn,
                    at,
                    desired.descriptionAtBirth(),
                    desired.trustPolicy(),
                    desired.serviceLinked() ? new TreeMap<>() : desired.tags(),
                    desired.permissionsBoundary(),
                    new TreeMap<>(),
                    new TreeSet<>());
        }

        /**
         * True if the role was not created for a record: its tag {@value RoleTags#RECORDED_TAG} names another one.
         * Roles created by earlier versions have no such tag, and are judged by their age.
         */
        public boolean cannotBeMadeFor(RoleIdentity identity) {
            return identity.recordedAt()
                    .filter(at -> RoleTags.value(tags, RoleTags.RECORDED_TAG)
                            .map(recorded -> !recorded.equals(at.toString()))
                            .orElseGet(() -> createdAt.plus(CLOCKS_APART).isBefore(at)))
                    .isPresent();
        }

        /** True if the role carries all these tags, which makes it ours. */
        public boolean has(SortedMap<String, String> ownershipTags) {
            return RoleTags.carry(tags, ownershipTags);
        }

        /**
         * True if the role is ours: it carries the tags; or it is service-linked, its description has our ownership
         * marker, and no other owner has tagged it since.
         */
        public boolean isOurs(SortedMap<String, String> ownershipTags) {
            return has(ownershipTags)
                    || (ServiceLinkedPath.hasRole(arn)
                            && OwnershipMarker.of(ownershipTags).isOn(description)
                            && !isMarkedByAnother(ownershipTags));
        }

        /**
         * True if an operator's adoption covers the role: it existed at the time of the adoption, and has no other
         * owner's tags.
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

        /**
         * Returns the fingerprint of this role for a comparison with the desired one. Undesired tags do not count, nor
         * do a boundary and a description if none is desired, nor the components of a service-linked role that its
         * service controls.
         */
        public RoleFingerprint fingerprint(DesiredRole.Present desired) {
            return fingerprint(ComparedComponents.of(desired));
        }

        RoleFingerprint fingerprint(ComparedComponents compared) {
            SortedMap<RoleComponent, String> digests = new TreeMap<>(policies().digests());
            if (compared.serviceLinked()) {
                digests.keySet().removeIf(ActualRole.Present::isOfService);
            } else {
                digests.put(new RoleComponent.Trust(), PolicyDocument.digest(trustPolicy));
            }
            // Tags count in our spelling only: another spelling is the same tag, and is repaired.
            SortedMap<String, String> ownTags = new TreeMap<>(tags);
            ownTags.keySet().retainAll(compared.tags());
            digests.put(new RoleComponent.Tags(), Digest.of(ownTags.toString()));
            if (compared.boundary()) {
                permissionsBoundary.ifPresent(bound -> digests.put(new RoleComponent.Boundary(), Digest.of(bound)));
            }
            if (compared.description()) {
                digests.put(new RoleComponent.Description(), Digest.of(description));
            }
            return new RoleFingerprint(digests);
        }

        private static boolean isOfService(RoleComponent component) {
            return component instanceof RoleComponent.Attached(String policy) && ServiceLinkedPath.hasPolicy(policy);
        }

        /** Returns this role without policies of others that are left alone. */
        public Present without(LeaveAlone leaveAlone) {
            if (leaveAlone.isEmpty()) {
                return this;
            }
            String name = LeaveAlone.lastOf(arn);
            SortedMap<String, String> inline = new TreeMap<>(inlinePolicies);
            inline.keySet().removeIf(leaveAlone::hasInline);
            SortedSet<String> attached = new TreeSet<>(attachedPolicies);
            attached.removeIf(policy -> leaveAlone.hasAttached(policy, name));
            return new Present(arn, createdAt, description, trustPolicy, tags, permissionsBoundary, inline, attached);
        }

        /** Returns its tags with a name of ours, in any spelling. */
        public SortedMap<String, String> tagsOf(DesiredRole.Present desired) {
            return RoleTags.named(tags, desired.tags().keySet());
        }

        /** Returns the fingerprint of the policies alone, which have to be removed before the role can be deleted. */
        public RoleFingerprint policies() {
            SortedMap<RoleComponent, String> digests = new TreeMap<>();
            inlinePolicies.forEach(
                    (policy, json) -> digests.put(new RoleComponent.Inline(policy), PolicyDocument.digest(json)));
            attachedPolicies.forEach(policy -> digests.put(new RoleComponent.Attached(policy), Digest.of(policy)));
            return new RoleFingerprint(digests);
        }
    }
}
