package dev.linkedrole.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.linkedrole.role.catalog.ApiCallRule;
import dev.linkedrole.role.catalog.ApiCalls;
import dev.linkedrole.role.catalog.ParameterTemplate;
import dev.linkedrole.role.model.InvalidValueException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** API calls as a catalog file has them. */
@RegisterForReflection
record ApiCallsEntry(@Required String eventSource, @Required List<Rule> rules) {

    ApiCalls toApiCalls() {
        return new ApiCalls(eventSource, rules.stream().map(Rule::toRule).toList());
    }

    /** The events that a call may become. */
    @RegisterForReflection
    enum Event {
        @JsonProperty("instance-created")
        INSTANCE_CREATED,
        @JsonProperty("feature-enabled")
        FEATURE_ENABLED,
        @JsonProperty("feature-disabled")
        FEATURE_DISABLED,
        @JsonProperty("instance-deleted")
        INSTANCE_DELETED
    }

    /** A rule as it is written. */
    @RegisterForReflection
    record Rule(
            @Required List<String> calls,
            @Nullable Map<String, List<String>> when,
            @Nullable List<String> instance,
            @Nullable String region,
            @Required Event event,
            @Nullable String alias,
            @Nullable String feature,
            @Nullable List<String> resources,
            @Nullable Boolean replaces,
            @Nullable String association) {

        private static final String INSTANCE_ID = "requestParameters.InstanceId";

        /** @throws InvalidValueException if keys contradict each other; the reader adds the line */
        Rule {
            boolean ofFeature = event == Event.FEATURE_ENABLED || event == Event.FEATURE_DISABLED;
            require(!calls.isEmpty(), "a rule needs a call");
            require(
                    ofFeature == (feature != null),
                    "feature goes with feature-enabled and feature-disabled, and only those");
            require(ofFeature || resources == null, "resources go with a feature");
            require(ofFeature || association == null, "an association goes with a feature");
            require(alias == null || event == Event.INSTANCE_CREATED, "an alias goes with instance-created");
            require(replaces == null || event == Event.FEATURE_ENABLED, "replaces goes with feature-enabled");
            require(
                    event != Event.FEATURE_DISABLED || association == null || resources == null,
                    "what an association enabled is disabled, so that no resources go with it");
        }

        private static void require(boolean condition, String fault) {
            if (!condition) {
                throw new InvalidValueException(fault);
            }
        }

        ApiCallRule toRule() {
            SortedMap<String, List<ParameterTemplate>> conditions = new TreeMap<>();
            if (when != null) {
                when.forEach((path, values) -> conditions.put(path, templates(values)));
            }
            return new ApiCallRule(
                    Set.copyOf(calls),
                    conditions,
                    instance == null ? List.of(INSTANCE_ID) : instance,
                    Optional.ofNullable(region),
                    result());
        }

        private ApiCallRule.Result result() {
            Optional<String> associated = Optional.ofNullable(association);
            return switch (event) {
                case INSTANCE_CREATED -> new ApiCallRule.Created(Optional.ofNullable(alias));
                case INSTANCE_DELETED -> new ApiCallRule.Deleted();
                case FEATURE_ENABLED ->
                    new ApiCallRule.Enabled(
                            String.valueOf(feature), templates(resources), Boolean.TRUE.equals(replaces), associated);
                case FEATURE_DISABLED ->
                    new ApiCallRule.Disabled(String.valueOf(feature), templates(resources), associated);
            };
        }

        private static List<ParameterTemplate> templates(@Nullable List<String> texts) {
            return texts == null
                    ? List.of()
                    : texts.stream().map(ParameterTemplate::new).toList();
        }
    }
}
