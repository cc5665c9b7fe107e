package dev.linkedrole.role.identity;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Comparison of role tags by IAM's rules: names ignore case, values do not. Two spellings of a name are one tag, and
 * the latest one is shown. Tags of managed policies differ: their names are case-sensitive.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules_case">case of tag keys</a>
 */
public final class RoleTags {

    /** Name of the tag with the owner of a role. */
    public static final String OWNER_TAG = "linked-role:managed-by";

    /** Name of the tag with the ARN of the instance that a role belongs to. */
    public static final String INSTANCE_TAG = "linked-role:instance";

    /** Name of the tag with the deployment that a role belongs to; it distinguishes deployments with the same owner. */
    public static final String DEPLOYMENT_TAG = "linked-role:deployment";

    /**
     * Name of the tag with the time of the record for which a role was created. It is set at the creation and never
     * compared afterwards. It distinguishes a role whose maker died before recording it from a role that the ledger
     * does not know.
     */
    public static final String RECORDED_TAG = "linked-role:recorded";

    private RoleTags() {}

    /** True if the tags include all of the others. */
    public static boolean carry(Map<String, String> tags, Map<String, String> those) {
        return those.entrySet().stream()
                .allMatch(tag -> value(tags, tag.getKey()).equals(Optional.of(tag.getValue())));
    }

    /** Returns the value of a tag by its name. If IAM has two spellings of the name, as emulators may, ours counts. */
    public static Optional<String> value(Map<String, String> tags, String name) {
        return Optional.ofNullable(tags.get(name))
                .or(() -> tags.entrySet().stream()
                        .filter(tag -> tag.getKey().equalsIgnoreCase(name))
                        .map(Map.Entry::getValue)
                        .findFirst());
    }

    /** Returns the tags with one of these names, with their actual spelling. */
    public static SortedMap<String, String> named(Map<String, String> tags, Set<String> names) {
        SortedMap<String, String> named = new TreeMap<>(tags);
        named.keySet().removeIf(name -> names.stream().noneMatch(name::equalsIgnoreCase));
        return named;
    }
}
