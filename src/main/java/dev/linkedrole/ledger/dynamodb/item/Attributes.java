package dev.linkedrole.ledger.dynamodb.item;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Names of the table's attributes, and the types of their values. */
public final class Attributes {

    public static final String PK = "pk";

    /** Condition of a write on an item that must be new. */
    public static final String NOT_THERE_YET = "attribute_not_exists(" + PK + ")";

    public static final String SK = "sk";

    static final String INSTANCE = "instanceArn";
    public static final String LIFECYCLE = "lifecycle";
    static final String ANNOUNCED_AT = "announcedAt";
    static final String ALIAS = "alias";
    static final String DELETED_AT = "deletedAt";
    static final String DESCRIPTION = "description";
    static final String DESCRIBED_AT = "describedAt";
    static final String ADOPTED_AT = "adoptedAt";
    static final String RELEASED_AT = "releasedAt";

    /** All grant writes, in the format before disabled grants had items of their own. */
    static final String MARKS = "marks";

    static final String ENABLED = "enabled";
    static final String UNSPREAD = "unspread";
    static final String WITHDRAWN = "withdrawn";
    public static final String REVISION = "revision";
    public static final String APPLIED_REVISION = "appliedRevision";
    static final String APPLIED = "applied";
    static final String PLACEMENT = "placement";
    static final String HOMES = "homes";
    public static final String ROLE_NAME = "roleName";
    static final String ROLE_ARN = "roleArn";
    static final String IDENTITY = "roleIdentity";
    public static final String CHANGED_AT = "changedAt";
    static final String CONDITIONS = "conditions";
    static final String REPAIRS = "repairs";

    /** The hash key of the index of all roles: the id's first digit, which spreads them over 16 partitions. */
    public static final String SHARD = "shard";

    /** The keys of the sparse index of roles that are not as desired. */
    public static final String PENDING_SHARD = "pendingShard";

    public static final String PENDING_SINCE = "pendingSince";

    /** Events whose outcome is not published yet. */
    static final String AWAITING = "awaiting";

    static final String AWAITING_VERSION = "awaitingVersion";
    static final String UNLISTED = "unlisted";

    static final String RECORDED_AT = "recordedAt";
    static final String EVENT_ID = "eventId";
    static final String EVENT_SOURCE = "eventSource";
    static final String EVENT_TYPE = "eventType";
    static final String EVENT_TIME = "eventTime";
    static final String DIGEST = "digest";
    static final String EFFECT = "effect";
    static final String GRANTED = "granted";
    static final String TAKEN = "taken";
    static final String STEPS = "steps";
    static final String REPLACED = "replaced";
    static final String DRIFT = "drift";
    static final String SETTINGS_CHANGED = "settingsChanged";

    private Attributes() {}

    public static AttributeValue string(String value) {
        return AttributeValue.fromS(value);
    }

    public static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    static AttributeValue strings(List<String> values) {
        return AttributeValue.fromL(values.stream().map(AttributeValue::fromS).toList());
    }

    public static Optional<AttributeValue> optional(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name));
    }

    static AttributeValue required(Map<String, AttributeValue> item, String name) {
        return optional(item, name)
                .orElseThrow(() -> new IllegalStateException("the ledger item " + item.get(PK) + " / " + item.get(SK)
                        + " has no attribute '" + name + "': was it written by hand?"));
    }

    public static String string(Map<String, AttributeValue> item, String name) {
        return required(item, name).s();
    }

    public static long number(Map<String, AttributeValue> item, String name) {
        return Long.parseLong(required(item, name).n());
    }

    public static Instant time(Map<String, AttributeValue> item, String name) {
        return Instant.parse(string(item, name));
    }

    static List<String> strings(Map<String, AttributeValue> item, String name) {
        return required(item, name).l().stream().map(AttributeValue::s).toList();
    }
}
