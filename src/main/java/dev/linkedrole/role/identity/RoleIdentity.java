package dev.linkedrole.role.identity;

import dev.linkedrole.role.model.InstanceArn;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Name, path and owner of one instance's role. It is recorded with the event that makes the role wanted and holds until the role is
 * deleted, whatever the settings say later. The account is the instance's own, and the path tells the mode.
 *
 * @param name the role's name; of a service-linked role the likely one, until IAM has said it
 * @param path the IAM path of the role and of its managed policies
 * @param owner the value of its tag {@value RoleTags#OWNER_TAG}
 * @param since when it was recorded, by this service's clock: no role that is older was made for it. The epoch where that is not known
 */
public record RoleIdentity(RoleName name, String path, String owner, Instant since) {

    /** An identity without a known time of recording. */
    public RoleIdentity(RoleName name, String path, String owner) {
        this(name, path, owner, Instant.EPOCH);
    }

    /** The same, recorded at this time. */
    public RoleIdentity recordedAt(Instant at) {
        return new RoleIdentity(name, path, owner, at);
    }

    /** Time of the recording; empty if that is not known. */
    public Optional<Instant> recordedAt() {
        return Optional.of(since).filter(at -> !at.equals(Instant.EPOCH));
    }

    /** True if the role is service-linked. */
    public boolean serviceLinked() {
        return ServiceLinkedPath.is(path);
    }

    /** The same under the name that IAM gave it. */
    public RoleIdentity named(RoleName other) {
        return new RoleIdentity(other, path, owner, since);
    }

    /** The tags by which the role of this instance is known to be ours. */
    public SortedMap<String, String> tags(InstanceArn instance) {
        SortedMap<String, String> tags = new TreeMap<>();
        tags.put(RoleTags.OWNER_TAG, owner);
        tags.put(RoleTags.INSTANCE_TAG, instance.toString());
        return tags;
    }
}
