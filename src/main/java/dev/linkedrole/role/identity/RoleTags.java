package dev.linkedrole.role.identity;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Comparison of the tags of roles as IAM does it: names without case, values with. Two spellings of a name are one tag, and the latest is
 * the one that is shown. Tags of managed policies are not like that: their names have case.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules_case">case of tag keys</a>
 */
public final class RoleTags {

    /** The tag whose value is the owner of a role. */
    public static final String OWNER_TAG = "linked-role:managed-by";

    /** The tag whose value is the ARN of the instance that a role belongs to. */
    public static final String INSTANCE_TAG = "linked-role:instance";

    /** The tag whose value is the deployment that a role belongs to: by it one deployment finds another that has the same owner. */
    public static final String DEPLOYMENT_TAG = "linked-role:deployment";

    /**
     * The tag whose value is when the record was made for which a role was made. It is put when the role is created and never compared
     * afterwards: it tells a role whose maker died before saying so from one that the ledger does not know.
     */
    public static final String RECORDED_TAG = "linked-role:recorded";

    private RoleTags() {}

    /** True if a role with these tags carries all of those. */
    public static boolean carry(Map<String, String> tags, Map<String, String> those) {
        return those.entrySet().stream()
                .allMatch(tag -> value(tags, tag.getKey()).equals(Optional.of(tag.getValue())));
    }

    /** The value of a tag by its name. If IAM keeps two spellings apart, as emulators may, ours counts. */
    public static Optional<String> value(Map<String, String> tags, String name) {
        return Optional.ofNullable(tags.get(name))
                .or(() -> tags.entrySet().stream()
                        .filter(tag -> tag.getKey().equalsIgnoreCase(name))
                        .map(Map.Entry::getValue)
                        .findFirst());
    }

    /** The tags with one of these names, as they are spelled. */
    public static SortedMap<String, String> named(Map<String, String> tags, Set<String> names) {
        SortedMap<String, String> named = new TreeMap<>(tags);
        named.keySet().removeIf(name -> names.stream().noneMatch(name::equalsIgnoreCase));
        return named;
    }
}
