package dev.linkedrole.agreement;

import dev.linkedrole.testing.Instance;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request to AWS by a caller who has assumed a role.
 *
 * @param kind its kind, for people
 * @param action such as {@code s3:GetObject}; {@code s3:*} stands for one request for each action of the service
 * @param resource its ARN, or {@code *} if there is none
 * @param context the condition keys that have a value; several values, as only {@code aws:TagKeys} has, are separated
 *     by commas
 */
record Request(Kind kind, String action, String resource, SortedMap<String, String> context) {

    Request {
        SortedMap<String, String> all = new TreeMap<>(context);
        all.put("aws:PrincipalAccount", Instance.ACCOUNT);
        context = Collections.unmodifiableSortedMap(all);
    }

    Request withKind(Kind other, String otherResource) {
        return new Request(other, action, otherResource, context);
    }

    /** The way in which a request differs from a granted one. */
    enum Kind {
        AS_GRANTED,
        ANOTHER_PARTITION,
        ANOTHER_REGION,
        ANOTHER_ACCOUNT,
        ANOTHER_NAME,
        LONGER_NAME,
        SHORTER_NAME,
        WITHOUT_CONDITION,
        ANOTHER_VALUE,
        ANOTHER_ACTION
    }
}
