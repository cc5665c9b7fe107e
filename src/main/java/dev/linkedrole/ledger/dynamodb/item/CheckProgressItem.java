package dev.linkedrole.ledger.dynamodb.item;

import static dev.linkedrole.ledger.dynamodb.item.Attributes.number;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.optional;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;

import dev.linkedrole.ledger.checks.CheckProgress;
import dev.linkedrole.ledger.imports.ImportLocation;
import dev.linkedrole.role.model.InstanceId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Item of the check's progress at one location, in no index: {@code pk} = {@code check}, {@code sk} = {@code
 * location#ACCOUNT#REGION}.
 */
public final class CheckProgressItem {

    public static final String PARTITION = "check";
    public static final String PREFIX = "location#";

    /** Number of writes of this item. */
    public static final String VERSION = "version";

    private static final String ACCOUNT = "account";
    private static final String REGION = "region";
    private static final String BEGUN_AT = "begunAt";
    private static final String LISTED = "listed";
    private static final String THROUGH = "through";
    private static final String PAGE = "page";
    private static final String LAST = "lastInstance";
    private static final String ENDED = "ended";
    private static final String REPORTED_AT = "reportedAt";

    private CheckProgressItem() {}

    public static Map<String, AttributeValue> of(CheckProgress progress) {
        ImportLocation location = progress.location();
        Map<String, AttributeValue> item = new HashMap<>();
        item.put(Attributes.PK, string(PARTITION));
        item.put(Attributes.SK, string(PREFIX + location.account() + "#" + location.region()));
        item.put(ACCOUNT, string(location.account()));
        item.put(REGION, string(location.region()));
        item.put(VERSION, number(progress.version()));
        item.put(LISTED, number(progress.listed()));
        item.put(THROUGH, number(progress.through()));
        item.put(ENDED, AttributeValue.fromBool(progress.ended()));
        progress.begunAt().ifPresent(at -> item.put(BEGUN_AT, string(at.toString())));
        progress.page().ifPresent(page -> item.put(PAGE, string(page)));
        progress.last().ifPresent(last -> item.put(LAST, string(last.value())));
        progress.reportedAt().ifPresent(at -> item.put(REPORTED_AT, string(at.toString())));
        return item;
    }

    public static CheckProgress read(Map<String, AttributeValue> item) {
        return new CheckProgress(
                new ImportLocation(string(item, ACCOUNT), string(item, REGION)),
                number(item, VERSION),
                time(item, BEGUN_AT),
                number(item, LISTED),
                number(item, THROUGH),
                optional(item, PAGE).map(AttributeValue::s),
                optional(item, LAST).map(last -> new InstanceId(last.s())),
                Attributes.required(item, ENDED).bool(),
                time(item, REPORTED_AT));
    }

    private static Optional<Instant> time(Map<String, AttributeValue> item, String name) {
        return optional(item, name).map(at -> Instant.parse(at.s()));
    }
}
