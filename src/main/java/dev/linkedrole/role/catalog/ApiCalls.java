package dev.linkedrole.role.catalog;

import java.util.List;

/**
 * The service's API calls that become events, as CloudTrail records them.
 *
 * @param eventSource the service in the records, such as {@code connect.amazonaws.com}
 * @param rules the rules; each one that a call matches contributes events
 */
public record ApiCalls(String eventSource, List<ApiCallRule> rules) {

    public ApiCalls {
        rules = List.copyOf(rules);
    }

    /** Returns the rules on a call. */
    public List<ApiCallRule> of(String call) {
        return rules.stream().filter(rule -> rule.calls().contains(call)).toList();
    }
}
