package dev.linkedrole.iammodel;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The entities of one account in IAM. Names ignore case, as in IAM. */
final class ModelAccount {

    final SortedMap<String, ModelRole> roles = new TreeMap<>();
    final SortedMap<String, ModelPolicy> policies = new TreeMap<>();
    final SortedSet<String> profiles = new TreeSet<>();
    final SortedMap<String, ModelDeletion> deletions = new TreeMap<>();

    /** Keys of the roles that no other state shares; null once the state is past or present, and may not change. */
    private @Nullable Set<String> own;

    /** Returns a state that may change. Its roles are shared until {@link #role} is asked for one. */
    ModelAccount copy() {
        ModelAccount copy = new ModelAccount();
        copy.own = new HashSet<>();
        copy.roles.putAll(roles);
        policies.forEach((key, policy) -> copy.policies.put(key, policy.copy()));
        copy.profiles.addAll(profiles);
        copy.deletions.putAll(deletions);
        return copy;
    }

    Optional<ModelRole> findRole(String name) {
        // A name that differs only in case is taken, but does not find the role.
        return Optional.ofNullable(roles.get(key(name))).filter(role -> role.name.equals(name));
    }

    /** Ends the changes of this state. */
    ModelAccount frozen() {
        own = null;
        return this;
    }

    /** Returns a role, which may be changed if this state may. */
    ModelRole role(String name) {
        ModelRole found = findRole(name).orElseThrow(() -> IamFaults.noSuchRole(name));
        if (own == null || !own.add(key(name))) {
            return found;
        }
        ModelRole copy = found.copy();
        roles.put(key(name), copy);
        return copy;
    }

    ModelPolicy policy(String arn) {
        return Optional.ofNullable(policies.get(arn))
                .orElseThrow(() -> IamFaults.noSuch("Policy " + arn + " does not exist or is not attachable."));
    }

    Stream<ModelRole> attachedTo(String policyArn) {
        return roles.values().stream().filter(role -> role.attached.contains(policyArn));
    }

    boolean bounds(String policyArn) {
        return roles.values().stream().anyMatch(role -> policyArn.equals(role.boundary));
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Adds tags to a role. Their names ignore case: the latest of two spellings stays. */
    static void tagRole(SortedMap<String, String> tags, Map<String, String> more) {
        SortedMap<String, String> kept = new TreeMap<>(tags);
        more.keySet().forEach(name -> untag(kept, name));
        tag(kept, more);
        tags.clear();
        tags.putAll(kept);
    }

    /** Removes the tag with this name from a role, in whatever spelling. */
    static void untag(SortedMap<String, String> tags, String name) {
        tags.keySet().removeIf(name::equalsIgnoreCase);
    }

    /** Adds tags, within IAM's limits. */
    static void tag(SortedMap<String, String> tags, Map<String, String> more) {
        TreeMap<String, String> all = new TreeMap<>(tags);
        all.putAll(more);
        if (all.size() > IamLimits.TAGS) {
            throw IamFaults.limitExceeded("Cannot exceed quota for TagsPerEntity: " + IamLimits.TAGS);
        }
        more.forEach(IamLimits::requireTag);
        tags.putAll(all);
    }
}
