package dev.linkedrole.role.state;

import dev.linkedrole.role.fingerprint.RoleComponent;
import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.identity.ServiceLinkedPath;
import dev.linkedrole.role.model.DesiredDescription;
import dev.linkedrole.role.model.Digest;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.packing.Placement;
import dev.linkedrole.role.packing.PolicyLength;
import dev.linkedrole.role.packing.PolicyPacking;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.packing.RepackStep;
import dev.linkedrole.role.packing.StatementOnResource;
import dev.linkedrole.role.packing.Statements;
import dev.linkedrole.role.policy.PolicyDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The role as IAM should have it, compiled from the state of its instance. */
public sealed interface DesiredRole {

    RoleName name();

    /** Returns this role under another name, which IAM has chosen. */
    DesiredRole named(RoleName other);

    /**
     * The instance was not announced yet, or its role is released and not adopted yet: any role of that name is left
     * alone.
     */
    record NotYet(RoleName name) implements DesiredRole {
        @Override
        public NotYet named(RoleName other) {
            return new NotYet(other);
        }
    }

    /** The instance is deleted: the role must not exist. */
    record Gone(RoleName name) implements DesiredRole {
        @Override
        public Gone named(RoleName other) {
            return new Gone(other);
        }
    }

    /**
     * The role must exist as described here.
     *
     * @param path its IAM path, which cannot be changed later
     * @param description its description
     * @param trustPolicy trust policy, as JSON
     * @param tags the tags that make it ours
     * @param permissionsBoundary the ARN of its boundary, if this deployment sets one
     * @param entries all its statements, in the order of placement if no placement is known
     * @param managedPolicies maximum number of managed policies beside its inline policy
     * @param packing the policies with their statements
     * @param notInCatalog recorded grants that are no longer in the catalog and so not granted
     * @param leaveAlone policies of others that stay on the role
     */
    record Present(
            RoleName name,
            String path,
            DesiredDescription description,
            String trustPolicy,
            SortedMap<String, String> tags,
            Optional<String> permissionsBoundary,
            List<StatementOnResource> entries,
            int managedPolicies,
            PolicyPacking packing,
            List<Grant> notInCatalog,
            LeaveAlone leaveAlone)
            implements DesiredRole {

        public Present {
            entries = List.copyOf(entries);
        }

        @Override
        public Present named(RoleName other) {
            return with(other, packing);
        }

        /** True if it is to be a service-linked role. */
        public boolean serviceLinked() {
            return ServiceLinkedPath.is(path);
        }

        /**
         * Returns the description at creation; that of a service-linked role includes its owner, since it is created
         * without tags.
         */
        public String descriptionAtBirth() {
            return serviceLinked() ? OwnershipMarker.of(ownership()).addedTo(description.text()) : description.text();
        }

        /** Returns this role packed with as few moves as possible from a known placement. */
        public Present placed(Placement known) {
            return with(name, PolicyPacking.of(entries, known, managedPolicies));
        }

        private Present with(RoleName otherName, PolicyPacking otherPacking) {
            return new Present(
                    otherName,
                    path,
                    description,
                    trustPolicy,
                    tags,
                    permissionsBoundary,
                    entries,
                    managedPolicies,
                    otherPacking,
                    notInCatalog,
                    leaveAlone);
        }

        /** Returns the inline policies by their names, as JSON. */
        public SortedMap<String, String> inlinePolicies() {
            SortedMap<String, String> inline = new TreeMap<>();
            Optional.ofNullable(packing.contents().get(PolicySlot.INLINE))
                    .ifPresent(content -> inline.put(PolicySlot.INLINE.policyName(name), Statements.policy(content)));
            return inline;
        }

        /** Returns the tags that mark it as ours. */
        public SortedMap<String, String> ownership() {
            SortedMap<String, String> ownership = new TreeMap<>(tags);
            ownership.remove(RoleTags.DEPLOYMENT_TAG);
            return ownership;
        }

        /** Returns the deployment that a role with these tags belongs to, if it is another one. */
        public Optional<String> otherDeployment(Map<String, String> found) {
            return otherDeployment(Optional.ofNullable(tags.get(RoleTags.DEPLOYMENT_TAG)), found);
        }

        /** Returns the deployment that a role with these tags belongs to, if it is not the given one. */
        public static Optional<String> otherDeployment(Optional<String> own, Map<String, String> found) {
            return RoleTags.value(found, RoleTags.DEPLOYMENT_TAG)
                    .filter(known -> own.filter(ours -> !ours.equals(known)).isPresent());
        }

        /**
         * Returns the fingerprint of the role once it is as desired. IAM alone sets the trust policy of a
         * service-linked role.
         */
        public RoleFingerprint fingerprint() {
            SortedMap<RoleComponent, String> digests = new TreeMap<>();
            if (!serviceLinked()) {
                digests.put(new RoleComponent.Trust(), PolicyDocument.digest(trustPolicy));
            }
            digests.put(new RoleComponent.Tags(), Digest.of(tags.toString()));
            permissionsBoundary.ifPresent(arn -> digests.put(new RoleComponent.Boundary(), Digest.of(arn)));
            if (description.edited()) {
                digests.put(new RoleComponent.Description(), Digest.of(description.text()));
            }
            packing.documents()
                    .forEach((slot, json) -> digests.put(RoleComponent.of(slot), PolicyDocument.digest(json)));
            return new RoleFingerprint(digests);
        }

        /** Returns the maximum number of characters of the inline policy, during the moves and after them. */
        int longestInline() {
            return Stream.concat(
                            Stream.ofNullable(packing.contents().get(PolicySlot.INLINE)),
                            packing.moves().stream()
                                    .filter(move -> move.slot().isInline())
                                    .map(RepackStep::content))
                    .mapToInt(PolicyLength::of)
                    .max()
                    .orElse(0);
        }

        /** Returns the number of characters beyond IAM's limits on the role's policies; 0 if everything fits. */
        public int charactersOver() {
            return packing.charactersOver();
        }
    }
}
