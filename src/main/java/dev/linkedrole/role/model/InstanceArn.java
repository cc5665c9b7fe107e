package dev.linkedrole.role.model;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.arns.Arn;

/**
 * ARN of an instance. It determines the partition, account and region of each of its grants.
 *
 * @param partition {@code aws}, {@code aws-cn}, {@code aws-us-gov}...
 * @param service the service the instance belongs to, such as {@code connect}
 * @param region such as {@code us-west-2}
 * @param account twelve digits
 * @param id the instance's own id
 */
public record InstanceArn(String partition, String service, String region, String account, InstanceId id) {

    /**
     * Maximum length of an ARN in IAM. Longer texts are not matched, so that no pattern runs on a megabyte.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResourceSpecificResult.html">a resource's
     *     name</a>
     */
    public static final int MAX_LENGTH = 2048;

    private static final String EXPECTED = "an instance ARN looks like arn:aws:connect:REGION:ACCOUNT:instance/UUID";
    private static final Pattern PARTITION = Pattern.compile("aws(-[a-z]+)*");
    private static final Pattern SERVICE = Pattern.compile("[a-z0-9-]+");
    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final String RESOURCE_TYPE = "instance/";

    public InstanceArn {
        require(PARTITION, partition, "partition");
        require(SERVICE, service, "service");
        require(REGION, region, "region");
        require(ACCOUNT, account, "account");
    }

    /**
     * Reads an instance ARN.
     *
     * @throws InvalidValueException if it is not one
     */
    public static InstanceArn parse(String text) {
        Arn arn = split(text)
                .filter(split -> split.resourceAsString().startsWith(RESOURCE_TYPE))
                .orElseThrow(() -> new InvalidValueException(EXPECTED + ", not " + LogText.of(text)));
        // UUIDs ignore case, and so do IAM's role names when they have to be unique.
        String id = arn.resourceAsString().substring(RESOURCE_TYPE.length()).toLowerCase(Locale.ROOT);
        return new InstanceArn(
                arn.partition(),
                arn.service(),
                arn.region().orElse(""),
                arn.accountId().orElse(""),
                new InstanceId(id));
    }

    /** True if a text can be the id of an account. */
    public static boolean isAccount(String text) {
        return ACCOUNT.matcher(text).matches();
    }

    private static Optional<Arn> split(String text) {
        try {
            return text.length() > MAX_LENGTH ? Optional.empty() : Arn.tryFromString(text);
        } catch (IllegalArgumentException emptyPart) {
            return Optional.empty();
        }
    }

    private static void require(Pattern pattern, String value, String part) {
        if (!pattern.matcher(value).matches()) {
            throw new InvalidValueException(EXPECTED + "; its " + part + " is " + LogText.of(value));
        }
    }

    @Override
    public String toString() {
        return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + RESOURCE_TYPE + id;
    }
}
