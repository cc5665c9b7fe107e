package dev.linkedrole.agreement;

import dev.linkedrole.agreement.Request.Kind;
import java.util.Map;
import java.util.TreeMap;

/**
 * A permission that a call to AWS needed.
 *
 * @param account the one whose credentials were used
 * @param action such as {@code iam:CreateRole}
 * @param resource its ARN, or {@code *}
 * @param context the condition keys that IAM knows of the call, besides those of the caller
 */
record AwsCall(String account, String action, String resource, Map<String, String> context) {

    /** The question to the evaluator whether a policy allows it. */
    Request request() {
        return new Request(Kind.AS_GRANTED, action, resource, new TreeMap<>(context));
    }
}
