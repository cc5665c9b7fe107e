package dev.linkedrole.iammodel;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The entities of one account in IAM. Names ignore case, as in IAM. */
final class ModelAccount {

    final SortedMap<String, ModelRole> roles = new TreeMap<>();
    final SortedMap<String, ModelPolicy> policies = new TreeMap<>();
    final SortedSet<String> profiles = new TreeSet<>();
    final SortedMap<String, ModelDeletion> deletions = new TreeMap<>();

    ModelAccount copy() {
        ModelAccount copy = new ModelAccount();
        roles.forEach((key, role) -> copy.roles.put(key, role.copy()));
        policies.forEach((key, policy) -> copy.policies.put(key, policy.copy()));
        copy.profiles.addAll(profiles);
        copy.deletions.putAll(deletions);
        return copy;
    }

    Optional<ModelRole> findRole(String name) {
        // A name that differs only in case is taken, but does not find the role.
        return Optional.ofNullable(roles.get(key(name))).filter(role -> role.name.equals(name));
    }

    ModelRole role(String name) {
        return findRole(name).orElseThrow(() -> IamFaults.noSuchRole(name));
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
