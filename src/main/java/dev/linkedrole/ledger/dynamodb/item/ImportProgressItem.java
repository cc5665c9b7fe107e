package dev.linkedrole.ledger.dynamodb.item;

import static dev.linkedrole.ledger.dynamodb.item.Attributes.number;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.optional;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;

import dev.linkedrole.ledger.imports.ImportLocation;
import dev.linkedrole.ledger.imports.LocationProgress;
import dev.linkedrole.ledger.imports.LocationProgress.Counts;
import dev.linkedrole.role.model.InstanceId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Item of an import's progress at one location, in no index: {@code pk} = {@code import#ID}, {@code sk} = {@code
 * location#ACCOUNT#REGION}.
 */
public final class ImportProgressItem {

    public static final String PREFIX = "location#";

    /** Number of writes of this item. */
    public static final String VERSION = "version";

    private static final String STATE = "state";
    private static final String ACCOUNT = "account";
    private static final String REGION = "region";
    private static final String PAGE = "page";
    private static final String LAST = "lastInstance";
    private static final String LISTED = "listed";
    private static final String READ = "read";
    private static final String DIFFERING = "differing";
    private static final String EVENTS = "events";
    private static final String UNREAD = "unread";
    private static final String FINDINGS = "findings";
    private static final String REASON = "reason";
    private static final String BEGUN_AT = "begunAt";
    private static final String THROUGH_AT = "throughAt";
    private static final String ENDED_AT = "endedAt";

    private ImportProgressItem() {}

    /** Returns the partition of an import. */
    public static AttributeValue partition(String id) {
        return string("import#" + id);
    }

    public static Map<String, AttributeValue> of(String id, LocationProgress progress) {
        ImportLocation location = progress.location();
        Map<String, AttributeValue> item = new HashMap<>();
        item.put(Attributes.PK, partition(id));
        item.put(Attributes.SK, string(PREFIX + location.account() + "#" + location.region()));
        item.put(ACCOUNT, string(location.account()));
        item.put(REGION, string(location.region()));
        item.put(STATE, string(progress.state().name()));
        item.put(VERSION, number(progress.version()));
        progress.page().ifPresent(page -> item.put(PAGE, string(page)));
        progress.last().ifPresent(last -> item.put(LAST, string(last.value())));
        put(item, progress.counts());
        progress.reason().ifPresent(reason -> item.put(REASON, string(reason)));
        progress.begunAt().ifPresent(at -> item.put(BEGUN_AT, string(at.toString())));
        progress.changedAt().ifPresent(at -> item.put(THROUGH_AT, string(at.toString())));
        progress.endedAt().ifPresent(at -> item.put(ENDED_AT, string(at.toString())));
        return item;
    }

    private static void put(Map<String, AttributeValue> item, Counts counts) {
        counts.listed().ifPresent(listed -> item.put(LISTED, number(listed)));
        item.put(READ, number(counts.read()));
        item.put(DIFFERING, number(counts.differing()));
        item.put(EVENTS, number(counts.events()));
        item.put(UNREAD, number(counts.unread()));
        item.put(FINDINGS, number(counts.findings()));
    }

    public static LocationProgress read(Map<String, AttributeValue> item) {
        return new LocationProgress(
                new ImportLocation(string(item, ACCOUNT), string(item, REGION)),
                LocationProgress.State.valueOf(string(item, STATE)),
                number(item, VERSION),
                optional(item, PAGE).map(AttributeValue::s),
                optional(item, LAST).map(last -> new InstanceId(last.s())),
                counts(item),
                optional(item, REASON).map(AttributeValue::s),
                time(item, BEGUN_AT),
                time(item, THROUGH_AT),
                time(item, ENDED_AT));
    }

    private static Counts counts(Map<String, AttributeValue> item) {
        return new Counts(
                optional(item, LISTED).map(listed -> Long.valueOf(listed.n())),
                number(item, READ),
                number(item, DIFFERING),
                number(item, EVENTS),
                number(item, UNREAD),
                number(item, FINDINGS));
    }

    private static Optional<Instant> time(Map<String, AttributeValue> item, String name) {
        return optional(item, name).map(at -> Instant.parse(at.s()));
    }
}
