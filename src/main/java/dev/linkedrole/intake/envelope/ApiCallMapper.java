package dev.linkedrole.intake.envelope;

import dev.linkedrole.role.catalog.ApiCallRule;
import dev.linkedrole.role.catalog.ApiCalls;
import dev.linkedrole.role.catalog.Feature;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.catalog.ParameterTemplate;
import dev.linkedrole.role.model.Association;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.LogText;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.RoleEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Maps API calls to events by the rules of the catalog.
 *
 * <p>CloudTrail's times are whole seconds. A call disables at the beginning of its second and enables at the end: a
 * resource that is taken away and given back within one second stays, and so does one that replaces another.
 */
final class ApiCallMapper {

    private static final Pattern TRAILING_SLASHES = Pattern.compile("/++$");
    private static final String ALIAS = "alias";
    private static final long TO_END_OF_SECOND = 999_999_999;

    // Numbers of a rule's events. Each event has its own, so that its id depends on nothing but the call.
    private static final int MAIN = 1;
    private static final int REPLACED = 2;
    private static final int ENDED = 3;

    private final FeatureCatalog catalog;
    private final ApiCalls calls;

    ApiCallMapper(FeatureCatalog catalog, ApiCalls calls) {
        this.catalog = catalog;
        this.calls = calls;
    }

    /**
     * Maps a call.
     *
     * @throws RejectedException if the record is malformed, or a feature cannot have the resource
     */
    Decoded map(ApiCall call) {
        String name = call.name();
        if (!call.service().equals(calls.eventSource())) {
            return new Decoded.Dropped(
                    Decoded.Why.IGNORED, "The call is one of the service " + LogText.of(call.service()));
        }
        if (call.readOnly()) {
            return new Decoded.Dropped(Decoded.Why.READ_ONLY, "The call only reads");
        }
        if (call.failed()) {
            return new Decoded.Dropped(Decoded.Why.FAILED, "The call failed");
        }
        Decoded.Dropped nothing =
                new Decoded.Dropped(Decoded.Why.IGNORED, "No rule of the catalog matches the call " + LogText.of(name));
        return new Progress(call, 0, List.of(), nothing).next(calls.of(name));
    }

    /** The way through the rules. It may stop for what is recorded, and then goes on. */
    private final class Progress {

        private final ApiCall call;
        private final int numbered;
        private final List<RoleEvent> events;
        private final Decoded.Dropped nothing;

        /**
         * @param numbered numbers given to events so far
         * @param events events so far
         * @param nothing what the call is if it becomes no event
         */
        Progress(ApiCall call, int numbered, List<RoleEvent> events, Decoded.Dropped nothing) {
            this.call = call;
            this.numbered = numbered;
            this.events = events;
            this.nothing = nothing;
        }

        Decoded next(List<ApiCallRule> rules) {
            if (rules.isEmpty()) {
                return events.isEmpty() ? nothing : new Decoded.Mapped(events);
            }
            ApiCallRule rule = rules.getFirst();
            List<ApiCallRule> left = rules.subList(1, rules.size());
            for (Map.Entry<String, List<ParameterTemplate>> condition :
                    rule.when().entrySet()) {
                switch (call.value(condition.getKey())) {
                    case CallValue.Present present -> {
                        if (condition.getValue().stream().noneMatch(value -> call.equalTo(value, present.text()))) {
                            return next(left);
                        }
                    }
                    case CallValue.Masked masked -> {
                        return masked(condition.getKey()).next(left);
                    }
                    case CallValue.Absent absent -> {
                        return next(left);
                    }
                }
            }
            return matched(rule, left);
        }

        private Decoded matched(ApiCallRule rule, List<ApiCallRule> left) {
            for (String path : rule.instance()) {
                switch (call.value(path)) {
                    case CallValue.Present present -> {
                        return matched(rule, instance(path, present.text(), rule), left);
                    }
                    case CallValue.Masked masked -> {
                        return masked(path).next(left);
                    }
                    case CallValue.Absent absent -> {
                        // The next path may be there.
                    }
                }
            }
            throw call.detail().missing(rule.instance().getFirst(), "the id or the ARN of the instance");
        }

        private InstanceArn instance(String path, String text, ApiCallRule rule) {
            InstanceArn instance = call.instance(path, text, rule, catalog.service());
            if (!instance.service().equals(catalog.service())) {
                throw call.detail()
                        .invalid(path, "must be of the service " + catalog.service() + ", not " + instance.service());
            }
            return instance;
        }

        private Decoded matched(ApiCallRule rule, InstanceArn instance, List<ApiCallRule> left) {
            return switch (rule.result()) {
                case ApiCallRule.Created created ->
                    with(new RoleEvent.InstanceCreated(id(MAIN), instance, call.second(), alias(created)))
                            .next(left);
                case ApiCallRule.Deleted deleted ->
                    with(new RoleEvent.InstanceDeleted(id(MAIN), instance, call.second()))
                            .next(left);
                case ApiCallRule.Enabled enabled ->
                    resource(
                            instance,
                            enabled.resources(),
                            left,
                            resource -> enabled(instance, enabled, resource, left));
                case ApiCallRule.Disabled(String feature, List<ParameterTemplate> none, Optional<String> association)
                when association.isPresent() -> ended(instance, association.get(), left);
                case ApiCallRule.Disabled disabled ->
                    resource(
                            instance,
                            disabled.resources(),
                            left,
                            resource -> with(new RoleEvent.FeatureDisabled(
                                            id(MAIN),
                                            instance,
                                            call.second(),
                                            disabled.feature(),
                                            checked(instance, disabled.feature(), disabled.resources(), resource)))
                                    .next(left));
            };
        }

        /** Returns the alias; none if it is hidden, since the role does not depend on it. */
        private String alias(ApiCallRule.Created created) {
            return created.alias()
                                    .map(call::value)
                                    .filter(CallValue.Present.class::isInstance)
                                    .orElseGet(CallValue.Absent::new)
                            instanceof CallValue.Present(String alias)
                    ? alias
                    : "";
        }

        /** Fills the first template whose parameters are all there, and goes on. */
        private Decoded resource(
                InstanceArn instance,
                List<ParameterTemplate> templates,
                List<ApiCallRule> left,
                Function<Optional<String>, Decoded> then) {
            if (templates.isEmpty()) {
                return then.apply(Optional.empty());
            }
            for (ParameterTemplate template : templates) {
                Map<String, String> values = new HashMap<>(Map.of(
                        "partition", instance.partition(),
                        "region", instance.region(),
                        "account", instance.account(),
                        "instance", instance.id().value()));
                boolean whole = true;
                for (String path : template.names()) {
                    switch (path.contains(".") ? call.value(path) : new CallValue.Absent()) {
                        case CallValue.Present present -> values.put(path, present.text());
                        case CallValue.Masked masked -> {
                            return masked(path).next(left);
                        }
                        case CallValue.Absent absent -> whole &= !path.contains(".");
                    }
                }
                if (whole) {
                    return template.names().contains(ALIAS)
                            ? withAlias(instance, template, values, left, then)
                            : then.apply(Optional.of(filled(template, values)));
                }
            }
            throw call.detail().missing(parameter(templates), "part of the feature's resource");
        }

        private Decoded withAlias(
                InstanceArn instance,
                ParameterTemplate template,
                Map<String, String> values,
                List<ApiCallRule> left,
                Function<Optional<String>, Decoded> then) {
            return new Decoded.NeedsAlias(
                    instance.id(),
                    alias -> alias.map(known -> {
                                values.put(ALIAS, known);
                                return then.apply(Optional.of(filled(template, values)));
                            })
                            .orElseGet(() -> without(
                                            Decoded.Why.INCOMPLETE,
                                            "The alias of " + instance + " is not recorded, which its resource has in"
                                                    + " its name")
                                    .next(left)));
        }

        private static String filled(ParameterTemplate template, Map<String, String> values) {
            // In S3's keys PREFIX and PREFIX/ are one place; a resource has no slash at its end.
            return TRAILING_SLASHES.matcher(template.fill(values)).replaceFirst("");
        }

        private Decoded enabled(
                InstanceArn instance, ApiCallRule.Enabled rule, Optional<String> resource, List<ApiCallRule> left) {
            Feature feature = feature(rule.feature());
            feature.objection(instance).ifPresent(objection -> {
                throw new RejectedException(objection.of(call.detail().nameOf("eventName")));
            });
            Set<String> resources = checked(instance, rule.feature(), rule.resources(), resource);
            Instant end = call.second().plusNanos(TO_END_OF_SECOND);
            List<RoleEvent> all = new ArrayList<>();
            all.add(new RoleEvent.FeatureEnabled(id(MAIN), instance, end, rule.feature(), resources));
            if (rule.replaces()) {
                all.add(new RoleEvent.FeatureDisabled(id(REPLACED), instance, call.second(), rule.feature(), Set.of()));
            }
            Optional<String> association = rule.association()
                    .map(call::value)
                    .filter(CallValue.Present.class::isInstance)
                    .map(found -> ((CallValue.Present) found).text());
            return association.isEmpty()
                    ? with(all).next(left)
                    : new Decoded.NeedsAssociation(
                            instance.id(),
                            association.get(),
                            Association.begun(rule.feature(), resources, end),
                            known -> {
                                List<RoleEvent> withEnd = new ArrayList<>(all);
                                known.disabledAt()
                                        .ifPresent(at -> withEnd.add(new RoleEvent.FeatureDisabled(
                                                id(ENDED), instance, at, rule.feature(), resources)));
                                return with(withEnd).next(left);
                            });
        }

        private Decoded ended(InstanceArn instance, String path, List<ApiCallRule> left) {
            return switch (call.value(path)) {
                case CallValue.Present(String association) ->
                    new Decoded.NeedsAssociation(
                            instance.id(),
                            association,
                            Association.ended(call.second()),
                            known -> known.begun()
                                    .map(begun -> with(new RoleEvent.FeatureDisabled(
                                            id(MAIN),
                                            instance,
                                            known.disabledAt().orElse(call.second()),
                                            begun.feature(),
                                            begun.resources())))
                                    .orElseGet(() -> without(
                                            Decoded.Why.INCOMPLETE,
                                            "The call ends the association " + LogText.of(association) + " of "
                                                    + instance + ", whose beginning is not recorded"))
                                    .next(left));
                case CallValue.Masked masked -> masked(path).next(left);
                case CallValue.Absent absent -> throw call.detail().missing(path, "the id of the association");
            };
        }

        private Set<String> checked(
                InstanceArn instance, String feature, List<ParameterTemplate> templates, Optional<String> resource) {
            resource.flatMap(arn -> feature(feature).objection(arn, instance)).ifPresent(objection -> {
                throw new RejectedException(objection.of(call.detail().nameOf(parameter(templates))));
            });
            return resource.map(Set::of).orElseGet(Set::of);
        }

        private Feature feature(String name) {
            return catalog.feature(name)
                    .orElseThrow(() -> new IllegalStateException("the catalog has checked that it has " + name));
        }

        /** Returns the parameter that stands for a resource in messages. */
        private static String parameter(List<ParameterTemplate> templates) {
            return templates.stream()
                    .flatMap(template -> template.names().stream())
                    .filter(name -> name.contains("."))
                    .findFirst()
                    .orElse("requestParameters");
        }

        private EventId id(int number) {
            return call.eventId(numbered + number);
        }

        private Progress with(RoleEvent event) {
            return with(List.of(event));
        }

        private Progress with(List<RoleEvent> more) {
            List<RoleEvent> all = new ArrayList<>(events);
            all.addAll(more);
            return new Progress(call, numbered + ENDED, all, nothing);
        }

        private Progress masked(String path) {
            return without(
                    Decoded.Why.MASKED, "The record hides " + call.detail().nameOf(path));
        }

        private Progress without(Decoded.Why why, String detail) {
            return new Progress(call, numbered + ENDED, events, new Decoded.Dropped(why, detail));
        }
    }
}
