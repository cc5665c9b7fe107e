package dev.linkedrole.role.model;

import java.util.Locale;
import java.util.Optional;

/**
 * Why a message cannot be accepted, in a form a producer can act on.
 *
 * @param reason the kind of fault
 * @param detail one sentence that names the field and says what was expected
 * @param field the field at fault by its path in the event; empty if it is none in particular
 */
public record Rejection(Reason reason, String detail, Optional<String> field) {

    /** A rejection that is about no field, or not yet. */
    public Rejection(Reason reason, String detail) {
        this(reason, detail, Optional.empty());
    }

    /** The kinds of fault. Their {@link #code codes} are part of what producers rely on: add, never rename. */
    public enum Reason {
        /** The body is not one JSON object. */
        NOT_JSON,
        /** The body is JSON of a shape that is none of the known envelopes. */
        UNKNOWN_ENVELOPE,
        /** The type of event is not one this service knows. */
        UNKNOWN_TYPE,
        /** A required field is missing or empty. */
        MISSING_FIELD,
        /** A field is there and is not what it has to be. */
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
        /** The role's policies would be over what IAM lets a role have. */
        POLICY_TOO_LARGE,
        /** The record of the role would be larger than the ledger can hold. */
        RECORD_TOO_LARGE,
        /** The message is larger than SQS lets a message be. */
        MESSAGE_TOO_LARGE;

        /** The reason as messages and metrics carry it: lower case, with hyphens. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public static Optional<Rejection> because(Reason reason, String detail) {
        return Optional.of(new Rejection(reason, detail));
    }

    /** The same rejection with the name of the field in front. */
    public Rejection of(String field) {
        return new Rejection(reason, field + " " + detail, Optional.of(field));
    }
}
