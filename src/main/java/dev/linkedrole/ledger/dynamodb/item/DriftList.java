package dev.linkedrole.ledger.dynamodb.item;

import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.strings;

import dev.linkedrole.role.plan.Difference;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attribute of items about a repair: the changes by others, in their order. */
final class DriftList {

    private static final String FACET = "facet";
    private static final String KIND = "kind";
    private static final String MISSING = "missing";
    private static final String EXTRA = "extra";

    private DriftList() {}

    static AttributeValue of(List<Difference> drift) {
        return AttributeValue.fromL(drift.stream().map(DriftList::of).toList());
    }

    static List<Difference> read(AttributeValue drift) {
        return drift.l().stream().map(AttributeValue::m).map(DriftList::read).toList();
    }

    private static AttributeValue of(Difference difference) {
        return AttributeValue.fromM(Map.of(
                FACET, string(difference.component()),
                KIND, string(difference.kind().name()),
                MISSING, strings(difference.missing()),
                EXTRA, strings(difference.extra())));
    }

    private static Difference read(Map<String, AttributeValue> values) {
        return new Difference(
                string(values, FACET),
                Difference.Kind.valueOf(string(values, KIND)),
                strings(values, MISSING),
                strings(values, EXTRA));
    }
}
