package dev.linkedrole.ledger.dynamodb.item;

import static dev.linkedrole.ledger.dynamodb.item.Attributes.optional;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.required;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.time;

import dev.linkedrole.ledger.imports.ImportLocation;
import dev.linkedrole.ledger.imports.ImportRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Item of an import, in no index: {@code pk} = {@code imports}, {@code sk} = {@code import#ID}. */
public final class ImportItem {

    /** The partition of all imports. */
    public static final String PARTITION = "imports";

    public static final String PREFIX = "import#";

    /** The item with the ids of the imports that have not ended. */
    public static final Map<String, AttributeValue> RUNNING_KEY =
            Map.of(Attributes.PK, string(PARTITION), Attributes.SK, string("running"));

    /** Ids of the imports that have not ended: a set, in the item of {@link #RUNNING_KEY}. */
    public static final String RUNNING = "running";

    public static final String STATE = "state";
    public static final String ENDED_AT = "endedAt";
    private static final String REQUESTED_AT = "requestedAt";
    private static final String LOCATIONS = "locations";
    private static final String DRY_RUN = "dryRun";
    private static final String ACCOUNT = "account";
    private static final String REGION = "region";

    private ImportItem() {}

    public static Map<String, AttributeValue> key(String id) {
        return Map.of(Attributes.PK, string(PARTITION), Attributes.SK, string(PREFIX + id));
    }

    public static Map<String, AttributeValue> of(ImportRecord record) {
        Map<String, AttributeValue> item = new HashMap<>(key(record.id()));
        item.put(REQUESTED_AT, string(record.requestedAt().toString()));
        item.put(
                LOCATIONS,
                AttributeValue.fromL(record.locations().stream()
                        .map(location -> AttributeValue.fromM(Map.of(
                                ACCOUNT, string(location.account()),
                                REGION, string(location.region()))))
                        .toList()));
        item.put(DRY_RUN, AttributeValue.fromBool(record.dryRun()));
        item.put(STATE, string(record.state().name()));
        record.endedAt().ifPresent(end -> item.put(ENDED_AT, string(end.toString())));
        return item;
    }

    public static ImportRecord read(Map<String, AttributeValue> item) {
        List<ImportLocation> locations = required(item, LOCATIONS).l().stream()
                .map(AttributeValue::m)
                .map(location -> new ImportLocation(string(location, ACCOUNT), string(location, REGION)))
                .toList();
        return new ImportRecord(
                string(item, Attributes.SK).substring(PREFIX.length()),
                time(item, REQUESTED_AT),
                locations,
                Boolean.TRUE.equals(required(item, DRY_RUN).bool()),
                ImportRecord.State.valueOf(string(item, STATE)),
                optional(item, ENDED_AT).map(end -> Instant.parse(end.s())));
    }
}
