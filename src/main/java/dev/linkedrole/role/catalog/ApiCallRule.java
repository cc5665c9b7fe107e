package dev.linkedrole.role.catalog;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rule on the event that one or more API calls become. A path names a field of the record, such as {@code
 * requestParameters.InstanceId}, whatever its case.
 *
 * @param calls names of the calls
 * @param when values, one of which each of these paths must have
 * @param instance paths of the instance's id or ARN; the first that is there counts
 * @param region path of the instance's region, if it is not the one of the call
 * @param result the event
 */
public record ApiCallRule(
        Set<String> calls,
        SortedMap<String, List<ParameterTemplate>> when,
        List<String> instance,
        Optional<String> region,
        Result result) {

    public ApiCallRule {
        calls = Set.copyOf(calls);
        when = Collections.unmodifiableSortedMap(new TreeMap<>(when));
        instance = List.copyOf(instance);
    }

    /** Creates a rule with conditions in any order. */
    public ApiCallRule(
            Set<String> calls,
            Map<String, List<ParameterTemplate>> when,
            List<String> instance,
            Optional<String> region,
            Result result) {
        this(calls, new TreeMap<>(when), instance, region, result);
    }

    /** The event that a call becomes. */
    public sealed interface Result {}

    /**
     * An instance was created.
     *
     * @param alias path of its alias
     */
    public record Created(Optional<String> alias) implements Result {}

    /** An instance was deleted. */
    public record Deleted() implements Result {}

    /**
     * A feature was enabled.
     *
     * @param feature its name
     * @param resources templates of its resource; the first whose parameters are all there counts; none if it needs
     *     none
     * @param replaces true if every other resource of the feature is disabled
     * @param association path of an id by which a later call ends this; that call names no resource
     */
    public record Enabled(
            String feature, List<ParameterTemplate> resources, boolean replaces, Optional<String> association)
            implements Result {
        public Enabled {
            resources = List.copyOf(resources);
        }
    }

    /**
     * A feature was disabled.
     *
     * @param feature its name
     * @param resources templates of its resource, as above; none disables the whole feature
     * @param association path of the id of what ends; then only the resources that it enabled are disabled
     */
    public record Disabled(String feature, List<ParameterTemplate> resources, Optional<String> association)
            implements Result {
        public Disabled {
            resources = List.copyOf(resources);
        }
    }
}
