package dev.linkedrole.ledger.dynamodb.item;

import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.strings;

import dev.linkedrole.ledger.imports.Finding;
import dev.linkedrole.ledger.imports.ImportLocation;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Item of an import's finding about one instance, in no index, beside the import's progress. */
public final class FindingItem {

    public static final String PREFIX = "finding#";
    private static final String ACCOUNT = "account";
    private static final String REGION = "region";
    private static final String SUBJECT = "subject";
    private static final String EVENTS = "events";
    private static final String NOTES = "notes";

    private FindingItem() {}

    /** Returns the key of the finding with a mark ({@link Finding#mark}). */
    public static Map<String, AttributeValue> key(String id, String mark) {
        return Map.of(Attributes.PK, ImportProgressItem.partition(id), Attributes.SK, string(PREFIX + mark));
    }

    public static Map<String, AttributeValue> of(String id, Finding finding) {
        Map<String, AttributeValue> item = new HashMap<>(key(id, finding.mark()));
        item.put(ACCOUNT, string(finding.location().account()));
        item.put(REGION, string(finding.location().region()));
        item.put(SUBJECT, string(finding.subject()));
        item.put(EVENTS, strings(finding.events()));
        item.put(NOTES, strings(finding.notes()));
        return item;
    }

    public static Finding read(Map<String, AttributeValue> item) {
        return new Finding(
                new ImportLocation(string(item, ACCOUNT), string(item, REGION)),
                string(item, SUBJECT),
                strings(item, EVENTS),
                strings(item, NOTES));
    }
}
