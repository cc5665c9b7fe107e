package dev.linkedrole.role.model;

import java.util.Locale;
import java.util.Optional;

/**
 * Reason why a message cannot be accepted, in a form on which a producer can act.
 *
 * @param reason the kind of fault
 * @param detail one sentence that names the field and says what was expected
 * @param field path of the invalid field in the event; empty if no single field is invalid
 */
public record Rejection(Reason reason, String detail, Optional<String> field) {

    /** Creates a rejection without a field. */
    public Rejection(Reason reason, String detail) {
        this(reason, detail, Optional.empty());
    }

    /** The kinds of fault. Their {@link #code codes} are part of what producers rely on: add, never rename. */
    public enum Reason {
        /** The body is not one JSON object. */
        NOT_JSON,
        /** The body is JSON, but no known envelope. */
        UNKNOWN_ENVELOPE,
        /** The service does not know the type of the event. */
        UNKNOWN_TYPE,
        /** A required field is missing or empty. */
        MISSING_FIELD,
        /** A field has an invalid value. */
        INVALID_FIELD,
        /** The event's time is too far ahead of this service's clock. */
        TIME_IN_THE_FUTURE,
        /** The catalog has no feature of that name. */
        UNKNOWN_FEATURE,
        /** The feature is not offered where the instance is. */
        NOT_OFFERED,
        /** A resource is not an ARN of a kind that the feature takes. */
        WRONG_RESOURCE_KIND,
        /** A resource holds a wildcard or a policy variable. */
        WILDCARD,
        /** A resource is in another partition than the instance, or the instance in another one than this service. */
        OTHER_PARTITION,
        /** A resource is in another account than the instance. */
        OTHER_ACCOUNT,
        /** A resource is in another region than the instance. */
        OTHER_REGION,
        /** The same instance id is known with another ARN. */
        INSTANCE_MISMATCH,
        /** Another event with the same id and source was recorded before. */
        ID_REUSED,
        /** The role's policies would exceed IAM's limits. */
        POLICY_TOO_LARGE,
        /** The role's record would exceed the ledger's limit. */
        RECORD_TOO_LARGE,
        /** The message is larger than SQS permits. */
        MESSAGE_TOO_LARGE;

        /** Returns the reason as messages and metrics have it: lower case, with hyphens. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public static Optional<Rejection> because(Reason reason, String detail) {
        return Optional.of(new Rejection(reason, detail));
    }

    /** Returns this rejection with the name of the field in front. */
    public Rejection of(String field) {
        return new Rejection(reason, field + " " + detail, Optional.of(field));
    }
}
