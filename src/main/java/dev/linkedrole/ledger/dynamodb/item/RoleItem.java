package dev.linkedrole.ledger.dynamodb.item;

import static dev.linkedrole.ledger.dynamodb.item.Attributes.number;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.optional;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.required;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.time;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.fingerprint.RoleComponent;
import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.identity.RoleIdentity;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.Announcement;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.DescriptionWrite;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.GrantWrite;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleDescription;
import dev.linkedrole.role.packing.Placement;
import dev.linkedrole.role.plan.RepairCounts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Item of a role's state: one for each instance, with {@code sk} = {@code role}. */
public final class RoleItem {

    private static final String SORT_KEY = "role";
    private static final String MARK_TIME = "time";
    private static final String MARK_ENABLED = "enabled";
    private static final String CONDITION_TYPE = "type";
    private static final String CONDITION_DETAIL = "detail";
    private static final String CONDITION_SINCE = "since";

    /** Update expression that sets the identity if there is none yet. */
    public static final String IDENTITY_KEPT =
            Attributes.IDENTITY + " = if_not_exists(" + Attributes.IDENTITY + ", :identity)";

    private static final String IDENTITY_NAME = "name";
    private static final String IDENTITY_PATH = "path";
    private static final String IDENTITY_OWNER = "owner";
    private static final String IDENTITY_SINCE = "since";

    /**
     * Maximum length of a condition's detail; longer ones are cut, since they are stored with the state, in an item of
     * at most 400 KB.
     */
    private static final int MAX_OF_DETAIL = 4_000;

    private RoleItem() {}

    public static Map<String, AttributeValue> key(InstanceId instance) {
        return Map.of(Attributes.PK, string(instance.value()), Attributes.SK, string(SORT_KEY));
    }

    public static String shard(InstanceId instance) {
        return instance.value().substring(0, 1);
    }

    /** Returns the attributes that events decide: everything but the keys, the revisions, and the results in IAM. */
    public static Map<String, AttributeValue> desired(LinkedRole role) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put(Attributes.INSTANCE, string(role.instance().toString()));
        item.put(Attributes.LIFECYCLE, string(role.lifecycle().word()));
        role.announcement().ifPresent(announcement -> {
            item.put(Attributes.ANNOUNCED_AT, string(announcement.time().toString()));
            item.put(Attributes.ALIAS, string(announcement.alias()));
        });
        role.deletedAt().ifPresent(deletedAt -> item.put(Attributes.DELETED_AT, string(deletedAt.toString())));
        role.descriptionWrite().ifPresent(described -> {
            item.put(Attributes.DESCRIBED_AT, string(described.time().toString()));
            item.put(Attributes.DESCRIPTION, string(described.description().text()));
        });
        role.adoptedAt().ifPresent(adoptedAt -> item.put(Attributes.ADOPTED_AT, string(adoptedAt.toString())));
        role.releasedAt().ifPresent(releasedAt -> item.put(Attributes.RELEASED_AT, string(releasedAt.toString())));
        item.put(Attributes.ENABLED, enabled(role));
        Map<String, AttributeValue> withdrawn = new HashMap<>();
        role.withdrawn().forEach((feature, at) -> withdrawn.put(feature, string(at.toString())));
        item.put(Attributes.WITHDRAWN, AttributeValue.fromM(withdrawn));
        return item;
    }

    public static RoleRecord read(Map<String, AttributeValue> item) {
        Optional<Announcement> announcement = optional(item, Attributes.ANNOUNCED_AT)
                .map(at -> new Announcement(Instant.parse(at.s()), string(item, Attributes.ALIAS)));
        LinkedRole role = new LinkedRole(
                InstanceArn.parse(string(item, Attributes.INSTANCE)),
                announcement,
                optional(item, Attributes.DELETED_AT).map(at -> Instant.parse(at.s())),
                readMarks(item),
                readWithdrawn(required(item, Attributes.WITHDRAWN).m()),
                optional(item, Attributes.DESCRIBED_AT)
                        .map(at -> new DescriptionWrite(
                                Instant.parse(at.s()), new RoleDescription(string(item, Attributes.DESCRIPTION)))),
                optional(item, Attributes.ADOPTED_AT).map(at -> Instant.parse(at.s())),
                optional(item, Attributes.RELEASED_AT).map(at -> Instant.parse(at.s())));
        return new RoleRecord(
                role,
                number(item, Attributes.REVISION),
                number(item, Attributes.APPLIED_REVISION),
                optional(item, Attributes.APPLIED).map(applied -> readFingerprint(applied.m())),
                optional(item, Attributes.PLACEMENT)
                        .map(placement -> PlacementMap.read(placement.m()))
                        .orElse(Placement.NONE),
                optional(item, Attributes.HOMES)
                        .map(slots -> Integer.parseInt(slots.n()))
                        .orElse(0),
                optional(item, Attributes.ROLE_NAME).map(AttributeValue::s),
                optional(item, Attributes.ROLE_ARN).map(AttributeValue::s),
                conditions(item),
                time(item, Attributes.CHANGED_AT),
                AcknowledgementsAttribute.read(item),
                optional(item, Attributes.IDENTITY).map(identity -> readIdentity(identity.m())),
                optional(item, Attributes.REPAIRS)
                        .map(repairs -> RepairsMap.read(repairs.m()))
                        .orElse(RepairCounts.NONE));
    }

    public static AttributeValue identity(RoleIdentity identity) {
        return AttributeValue.fromM(Map.of(
                IDENTITY_NAME, string(identity.name().value()),
                IDENTITY_PATH, string(identity.path()),
                IDENTITY_OWNER, string(identity.owner()),
                IDENTITY_SINCE, string(identity.since().toString())));
    }

    private static RoleIdentity readIdentity(Map<String, AttributeValue> values) {
        return new RoleIdentity(
                new RoleName(string(values, IDENTITY_NAME)),
                string(values, IDENTITY_PATH),
                string(values, IDENTITY_OWNER),
                time(values, IDENTITY_SINCE));
    }

    public static List<Condition> conditions(Map<String, AttributeValue> item) {
        return optional(item, Attributes.CONDITIONS).map(AttributeValue::l).orElse(List.of()).stream()
                .map(condition -> readCondition(condition.m()))
                .toList();
    }

    public static AttributeValue fingerprint(RoleFingerprint fingerprint) {
        Map<String, AttributeValue> digests = new HashMap<>();
        fingerprint.digests().forEach((component, digest) -> digests.put(component.key(), string(digest)));
        return AttributeValue.fromM(digests);
    }

    public static AttributeValue condition(Condition condition) {
        return AttributeValue.fromM(Map.of(
                CONDITION_TYPE, string(condition.type().name()),
                CONDITION_DETAIL,
                        string(condition
                                .detail()
                                .substring(
                                        0,
                                        Math.min(
                                                MAX_OF_DETAIL,
                                                condition.detail().length()))),
                CONDITION_SINCE, string(condition.since().toString())));
    }

    public static AttributeValue enabled(LinkedRole role) {
        Map<String, AttributeValue> values = new HashMap<>();
        role.grantWrites().forEach((grant, grantWrite) -> {
            if (grantWrite.enabled()) {
                values.put(GrantKey.of(grant), string(grantWrite.time().toString()));
            }
        });
        return AttributeValue.fromM(values);
    }

    /** Returns the lists of disabled grants that may have no items of their own yet. */
    public static List<String> unspread(Map<String, AttributeValue> item) {
        return optional(item, Attributes.UNSPREAD).map(AttributeValue::ss).orElse(List.of());
    }

    /** True if each disabled grant has an item of its own; those of a deleted instance are not needed. */
    public static boolean isSpread(Map<String, AttributeValue> item) {
        return item.isEmpty()
                || item.containsKey(Attributes.DELETED_AT)
                || (unspread(item).isEmpty() && !item.containsKey(Attributes.MARKS));
    }

    /** Reads the disabled grants of an item in the format before {@link DisabledItem}s. */
    public static SortedMap<Grant, GrantWrite> olderDisabled(Map<String, AttributeValue> item) {
        SortedMap<Grant, GrantWrite> disabled = readOlder(item);
        disabled.values().removeIf(GrantWrite::enabled);
        return disabled;
    }

    private static SortedMap<Grant, GrantWrite> readMarks(Map<String, AttributeValue> item) {
        // Both formats exist while processes of the earlier version run. A write that disables spreads the older grants
        // first, so both agree.
        SortedMap<Grant, GrantWrite> grantWrites = readOlder(item);
        optional(item, Attributes.ENABLED)
                .ifPresent(values -> values.m()
                        .forEach((key, at) -> grantWrites.merge(
                                GrantKey.read(key), new GrantWrite(Instant.parse(at.s()), true), GrantWrite::later)));
        return grantWrites;
    }

    private static SortedMap<Grant, GrantWrite> readOlder(Map<String, AttributeValue> item) {
        SortedMap<Grant, GrantWrite> grantWrites = new TreeMap<>();
        optional(item, Attributes.MARKS)
                .ifPresent(values -> values.m()
                        .forEach((key, grantWrite) -> grantWrites.put(
                                GrantKey.read(key),
                                new GrantWrite(
                                        time(grantWrite.m(), MARK_TIME),
                                        required(grantWrite.m(), MARK_ENABLED).bool()))));
        return grantWrites;
    }

    private static SortedMap<String, Instant> readWithdrawn(Map<String, AttributeValue> values) {
        SortedMap<String, Instant> withdrawn = new TreeMap<>();
        values.forEach((feature, at) -> withdrawn.put(feature, Instant.parse(at.s())));
        return withdrawn;
    }

    private static RoleFingerprint readFingerprint(Map<String, AttributeValue> values) {
        SortedMap<RoleComponent, String> digests = new TreeMap<>();
        values.forEach((key, digest) -> digests.put(RoleComponent.ofKey(key), digest.s()));
        return new RoleFingerprint(digests);
    }

    private static Condition readCondition(Map<String, AttributeValue> values) {
        return new Condition(
                Condition.Type.valueOf(string(values, CONDITION_TYPE)),
                string(values, CONDITION_DETAIL),
                time(values, CONDITION_SINCE));
    }
}
