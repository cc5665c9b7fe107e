package dev.linkedrole.ledger.lookup;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.model.Announcement;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.model.LogText;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Query for roles; all that is present has to hold.
 *
 * @param name the role's name in IAM
 * @param arn the role's ARN, or that of its instance
 * @param alias the instance's alias
 * @param account the instance's account
 * @param feature a feature of which at least one grant is in force
 * @param resource ARN of a resource, of which a part, or which as a part of another, is granted
 * @param condition a condition that the role has
 * @param drifted true if the latest comparison with IAM repaired what others had changed
 */
public record RoleQuery(
        Optional<String> name,
        Optional<String> arn,
        Optional<String> alias,
        Optional<String> account,
        Optional<String> feature,
        Optional<String> resource,
        Optional<Condition.Type> condition,
        Optional<Boolean> drifted) {

    /** The query that every role matches. */
    public static final RoleQuery ALL = new RoleQuery(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private static final int MAX_LENGTH = 2_048;
    private static final Pattern ARN = Pattern.compile("arn:[^:]+:[^:]+:[^:]*:[^:]*:.+");

    /** @throws InvalidValueException if a text cannot be what it stands for */
    public RoleQuery {
        Stream.of(name, arn, alias, feature, resource)
                .flatMap(Optional::stream)
                .filter(text -> text.isBlank() || text.length() > MAX_LENGTH)
                .findFirst()
                .ifPresent(text -> {
                    throw new InvalidValueException(
                            "name, arn, alias, feature and resource must have 1 to " + MAX_LENGTH + " characters");
                });
        account.filter(text -> !InstanceArn.isAccount(text)).ifPresent(text -> {
            throw new InvalidValueException("account must have twelve digits, not " + LogText.of(text));
        });
        resource.filter(text -> !ARN.matcher(text).matches()).ifPresent(text -> {
            throw new InvalidValueException(
                    "resource must be an ARN such as arn:aws:s3:::recordings, not " + LogText.of(text));
        });
        name.ifPresent(text -> idAtEnd("name", text));
        arn.ifPresent(text -> idAtEnd("arn", text));
    }

    /** Returns the only instance whose role can match; empty if that is not known. */
    Optional<InstanceId> instance() {
        return name.map(text -> idAtEnd("name", text)).or(() -> arn.map(text -> idAtEnd("arn", text)));
    }

    /** True if it takes the whole record to decide, and not only what the list has. */
    boolean needsRecords() {
        return Stream.of(alias, account, feature, resource, drifted).anyMatch(Optional::isPresent);
    }

    boolean hasCondition(List<Condition> conditions) {
        return condition
                .map(type -> conditions.stream().anyMatch(one -> one.type() == type))
                .orElse(true);
    }

    boolean has(RoleRecord record) {
        return hasCondition(record.conditions())
                && holds(name, text -> hasName(record, text))
                && holds(arn, text -> hasArn(record, text))
                && holds(alias, text -> hasAlias(record, text))
                && holds(account, text -> record.role().instance().account().equals(text))
                && holds(
                        feature,
                        text -> record.role().grants().stream()
                                .anyMatch(grant -> grant.feature().equals(text)))
                && holds(resource, text -> hasResource(record, text))
                && holds(drifted, changed -> record.repairs().runs().isEmpty() != changed);
    }

    private static <T> boolean holds(Optional<T> wanted, Predicate<T> test) {
        return wanted.map(test::test).orElse(true);
    }

    /** Compares names as IAM does when they have to be unique: the case does not matter. */
    private static boolean hasName(RoleRecord record, String name) {
        return Stream.concat(
                        record.roleName().stream(),
                        record.identity().map(identity -> identity.name().value()).stream())
                .anyMatch(name::equalsIgnoreCase);
    }

    private static boolean hasArn(RoleRecord record, String arn) {
        return record.role().instance().toString().equalsIgnoreCase(arn)
                || record.roleArn().filter(arn::equalsIgnoreCase).isPresent();
    }

    private static boolean hasAlias(RoleRecord record, String alias) {
        return record.role()
                .announcement()
                .map(Announcement::alias)
                .filter(alias::equalsIgnoreCase)
                .isPresent();
    }

    private static boolean hasResource(RoleRecord record, String resource) {
        return record.role().grants().stream()
                .flatMap(grant -> grant.resource().stream())
                .anyMatch(granted ->
                        granted.equals(resource) || isBelow(granted, resource) || isBelow(resource, granted));
    }

    /** True if an ARN names a part of what another one names, such as a folder of a bucket. */
    private static boolean isBelow(String part, String whole) {
        return part.startsWith(whole + "/") || part.startsWith(whole + ":");
    }

    /** Returns the id at the end of a role's name or ARN, or of an instance's ARN. */
    private static InstanceId idAtEnd(String parameter, String text) {
        return InstanceId.atEnd(text)
                .orElseThrow(() -> new InvalidValueException(
                        parameter + " must end in the id of an instance, which " + LogText.of(text) + " does not"));
    }
}
