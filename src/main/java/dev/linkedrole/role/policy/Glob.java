package dev.linkedrole.role.policy;

/**
 * A text with the wildcards of IAM's policies: {@code *} for any characters or none, {@code ?} for one.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html">Resource</a>
 */
public record Glob(String text) {

    /**
     * True if this pattern matches everything that the other one matches; wildcards of the other count as themselves.
     * No more steps than the product of both lengths, since patterns may come from anyone.
     */
    public boolean covers(String other) {
        int at = 0;
        int otherAt = 0;
        int star = -1;
        int afterStar = 0;
        while (otherAt < other.length()) {
            if (at < text.length() && text.charAt(at) == '*') {
                star = at++;
                afterStar = otherAt;
            } else if (at < text.length() && one(text.charAt(at), other.charAt(otherAt))) {
                at++;
                otherAt++;
            } else if (star >= 0) {
                // The last star matches one more character.
                at = star + 1;
                otherAt = ++afterStar;
            } else {
                return false;
            }
        }
        return text.substring(at).chars().allMatch(c -> c == '*');
    }

    /** True if the own character covers the other; {@code ?} does not cover {@code *}. */
    private static boolean one(char own, char other) {
        return own == other || (own == '?' && other != '*');
    }
}
