package dev.linkedrole.ledger.dynamodb.item;

import static dev.linkedrole.ledger.dynamodb.item.Attributes.number;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.time;

import dev.linkedrole.role.plan.RepairCounts;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Attribute of a role's item that counts successive repairs, by component. Items of roles without repairs have none.
 */
public final class RepairsMap {

    private static final String COUNT = "count";
    private static final String SINCE = "since";
    private static final String LAST = "last";

    private RepairsMap() {}

    public static AttributeValue of(RepairCounts repairs) {
        Map<String, AttributeValue> values = new HashMap<>();
        repairs.runs()
                .forEach((component, run) -> values.put(
                        component,
                        AttributeValue.fromM(Map.of(
                                COUNT, number(run.count()),
                                SINCE, string(run.since().toString()),
                                LAST, string(run.last().toString())))));
        return AttributeValue.fromM(values);
    }

    static RepairCounts read(Map<String, AttributeValue> values) {
        SortedMap<String, RepairCounts.Run> runs = new TreeMap<>();
        values.forEach((component, value) -> {
            Map<String, AttributeValue> run = value.m();
            runs.put(
                    component,
                    new RepairCounts.Run(Math.toIntExact(number(run, COUNT)), time(run, SINCE), time(run, LAST)));
        });
        return new RepairCounts(runs);
    }
}
