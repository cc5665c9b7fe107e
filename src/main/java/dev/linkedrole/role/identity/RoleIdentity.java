package dev.linkedrole.role.identity;

import dev.linkedrole.role.model.InstanceArn;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Name, path and owner of one instance's role. The identity is recorded with the event that makes the role desired, and
 * is fixed until the role is deleted, whatever the settings are later. The account is the instance's own, and the path
 * shows the mode.
 *
 * @param name the role's name; of a service-linked role the likely one, until IAM has chosen it
 * @param path the IAM path of the role and of its managed policies
 * @param owner the value of its tag {@value RoleTags#OWNER_TAG}
 * @param since time of the recording by this service's clock: an older role was not created for this record. The epoch
 *     if unknown
 */
public record RoleIdentity(RoleName name, String path, String owner, Instant since) {

    /** Creates an identity without a known time of recording. */
    public RoleIdentity(RoleName name, String path, String owner) {
        this(name, path, owner, Instant.EPOCH);
    }

    /** Returns this identity with a time of recording. */
    public RoleIdentity recordedAt(Instant at) {
        return new RoleIdentity(name, path, owner, at);
    }

    /** Returns the time of the recording; empty if it is unknown. */
    public Optional<Instant> recordedAt() {
        return Optional.of(since).filter(at -> !at.equals(Instant.EPOCH));
    }

    /** True if the role is service-linked. */
    public boolean serviceLinked() {
        return ServiceLinkedPath.is(path);
    }

    /** Returns this identity with the name that IAM chose. */
    public RoleIdentity named(RoleName other) {
        return new RoleIdentity(other, path, owner, since);
    }

    /** Returns the tags that mark the role of this instance as ours. */
    public SortedMap<String, String> tags(InstanceArn instance) {
        SortedMap<String, String> tags = new TreeMap<>();
        tags.put(RoleTags.OWNER_TAG, owner);
        tags.put(RoleTags.INSTANCE_TAG, instance.toString());
        return tags;
    }
}
