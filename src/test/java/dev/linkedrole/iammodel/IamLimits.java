package dev.linkedrole.iammodel;

import java.util.Collection;
import java.util.regex.Pattern;

/**
 * IAM's limits, as numbers of the model's own, independent of those of the service.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM and STS quotas</a>
 */
final class IamLimits {

    /** Characters of all inline policies of a role together, white space not counted. */
    static final int INLINE = 10_240;

    /** Characters of one version of a managed policy, white space not counted. */
    static final int MANAGED = 6_144;

    /** Characters of a trust policy, unless the quota was raised. */
    static final int TRUST = 2_048;

    /** Versions of a managed policy. */
    static final int VERSIONS = 5;

    /** Managed policies attached to a role, unless the quota was raised. */
    static final int ATTACHMENTS = 10;

    static final int TAGS = 50;
    static final int ROLE_NAME = 64;
    static final int POLICY_NAME = 128;
    static final int PATH = 512;
    static final int DESCRIPTION = 1_000;

    private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]+");
    private static final Pattern PATHS = Pattern.compile("/|/[\\x21-\\x7E]+/");
    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
    private static final Pattern TEXT = Pattern.compile("[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*");

    private IamLimits() {}

    static void requireName(String what, String name, int most) {
        if (name.length() > most || !NAME.matcher(name).matches()) {
            throw IamFaults.validation("The specified value for " + what + " is invalid, or longer than " + most + ".");
        }
    }

    static void requirePath(String path) {
        if (path.length() > PATH || !PATHS.matcher(path).matches()) {
            throw IamFaults.validation("The specified value for path is invalid: it must begin and end with a slash.");
        }
    }

    static void requireDescription(String text) {
        if (text.length() > DESCRIPTION || !TEXT.matcher(text).matches()) {
            throw IamFaults.validation("The specified value for description is invalid.");
        }
    }

    static void requireTag(String key, String value) {
        if (key.isEmpty()
                || key.length() > 128
                || value.length() > 256
                || !TAG.matcher(key).matches()
                || !TAG.matcher(value).matches()) {
            throw IamFaults.invalid("Tag keys have 1 to 128, values at most 256 of the permitted characters: " + key);
        }
        if (key.regionMatches(true, 0, "aws:", 0, 4)) {
            throw IamFaults.invalid("System tags cannot be added/updated by requester");
        }
    }

    static void requireInline(Collection<String> documents) {
        int size = documents.stream().mapToInt(IamLimits::size).sum();
        if (size > INLINE) {
            throw IamFaults.limitExceeded("Maximum policy size of " + INLINE + " bytes exceeded for role");
        }
    }

    static void requireManaged(String document) {
        if (size(document) > MANAGED) {
            throw IamFaults.limitExceeded("Cannot exceed quota for PolicySize: " + MANAGED);
        }
    }

    static void requireTrust(String document) {
        if (size(document) > TRUST) {
            throw IamFaults.limitExceeded("Cannot exceed quota for ACLSizePerRole: " + TRUST);
        }
    }

    /** White space is not counted. */
    static int size(String document) {
        return (int) document.chars().filter(c -> !Character.isWhitespace(c)).count();
    }
}
