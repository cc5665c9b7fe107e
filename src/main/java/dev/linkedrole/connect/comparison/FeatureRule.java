package dev.linkedrole.connect.comparison;

import dev.linkedrole.connect.InstanceReading;
import dev.linkedrole.connect.LexVersion;
import dev.linkedrole.connect.ReadScope;
import dev.linkedrole.intake.envelope.ClockTolerance;
import dev.linkedrole.intake.envelope.Decoded;
import dev.linkedrole.intake.envelope.MessageDecoder;
import dev.linkedrole.role.catalog.ApiCallRule;
import dev.linkedrole.role.catalog.ApiCalls;
import dev.linkedrole.role.catalog.Feature;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.catalog.ParameterTemplate;
import dev.linkedrole.role.model.Association;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.RoleEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One rule on API calls, applied to the calls that would have led to a reading. Each rule is applied by itself, so that
 * what one of them cannot tell is not hidden by what another one can.
 *
 * @param decoder decoder of records, which knows this rule only
 * @param eventSource the service in the records
 * @param parts parts of the settings that the rule's calls write
 * @param elsewhere calls of the rule that write something of which no reading tells
 */
record FeatureRule(MessageDecoder decoder, String eventSource, List<Part> parts, List<String> elsewhere) {

    private static final String RESOURCE_TYPE = "requestParameters.ResourceType";
    private static final String ATTRIBUTE_TYPE = "requestParameters.AttributeType";
    private static final String LEX_V1 = "requestparameters.lexbot.";
    private static final String LEX_V2 = "requestparameters.lexv2bot.";

    private static final ClockTolerance ANY_RECORD =
            new ClockTolerance(InstantSource.fixed(SettingCall.TIME), Duration.ZERO);

    FeatureRule {
        parts = List.copyOf(parts);
        elsewhere = List.copyOf(elsewhere);
    }

    static FeatureRule of(ApiCallRule rule, ApiCalls calls, FeatureCatalog catalog) {
        List<Part> parts = new ArrayList<>();
        List<String> elsewhere = new ArrayList<>();
        for (String call : new TreeSet<>(rule.calls())) {
            List<Part> written = parts(call, rule);
            written.stream().filter(part -> !parts.contains(part)).forEach(parts::add);
            if (written.isEmpty()) {
                elsewhere.add(call);
            }
        }
        return new FeatureRule(decoder(rule, calls, catalog), calls.eventSource(), parts, elsewhere);
    }

    private static MessageDecoder decoder(ApiCallRule rule, ApiCalls calls, FeatureCatalog catalog) {
        SortedMap<String, Feature> features = new TreeMap<>();
        catalog.features()
                .forEach((name, feature) -> features.put(name, feature.withAuthority(Feature.Authority.PRODUCERS)));
        FeatureCatalog ofRule = new FeatureCatalog(
                catalog.name(),
                catalog.service(),
                catalog.principal(),
                catalog.namePrefix(),
                catalog.description(),
                catalog.base(),
                features,
                Optional.of(new ApiCalls(calls.eventSource(), List.of(rule))));
        return new MessageDecoder(ofRule, ANY_RECORD);
    }

    /** Returns the parts of the settings that a call writes, as far as a rule is about them. */
    private static List<Part> parts(String call, ApiCallRule rule) {
        return switch (call) {
            case Part.ASSOCIATE_STORAGE, Part.UPDATE_STORAGE ->
                required(rule, RESOURCE_TYPE).orElseGet(() -> new TreeSet<>(ReadScope.STORAGE)).stream()
                        .<Part>map(Part.Storage::new)
                        .toList();
            case Part.ASSOCIATE_LEX_BOT -> List.of(new Part.Bots(LexVersion.V1));
            case Part.ASSOCIATE_BOT -> bots(rule);
            case Part.CREATE_INTEGRATION -> List.of(new Part.Integrations());
            case Part.UPDATE_ATTRIBUTE ->
                List.of(new Part.Attributes(required(rule, ATTRIBUTE_TYPE).orElseGet(TreeSet::new)));
            default -> List.of();
        };
    }

    private static List<Part> bots(ApiCallRule rule) {
        List<String> paths = Stream.concat(rule.when().keySet().stream(), named(rule).stream())
                .map(path -> path.toLowerCase(Locale.ROOT))
                .toList();
        boolean v1 = paths.stream().anyMatch(path -> path.startsWith(LEX_V1));
        boolean v2 = paths.stream().anyMatch(path -> path.startsWith(LEX_V2));
        List<Part> bots = new ArrayList<>();
        if (v1 || !v2) {
            bots.add(new Part.Bots(LexVersion.V1));
        }
        if (v2 || !v1) {
            bots.add(new Part.Bots(LexVersion.V2));
        }
        return bots;
    }

    private static Collection<String> named(ApiCallRule rule) {
        return rule.result() instanceof ApiCallRule.Enabled enabled
                ? enabled.resources().stream()
                        .flatMap(template -> template.names().stream())
                        .toList()
                : List.of();
    }

    /** Returns the values, by Amazon Connect's names, that a rule wants of a parameter; empty if it takes any. */
    private static Optional<SortedSet<String>> required(ApiCallRule rule, String path) {
        return rule.when().entrySet().stream()
                .filter(condition -> condition.getKey().equalsIgnoreCase(path))
                .map(Map.Entry::getValue)
                .filter(values ->
                        values.stream().allMatch(value -> value.names().isEmpty()))
                .findFirst()
                .map(values -> values.stream()
                        .map(ParameterTemplate::text)
                        .map(text -> text.toUpperCase(Locale.ROOT))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /**
     * Applies the rule to a reading.
     *
     * @param alias alias of the instance; empty if none is known
     */
    Findings findings(InstanceReading reading, Optional<String> alias) {
        List<Findings> all = new ArrayList<>();
        for (Part part : parts) {
            all.add(new Findings(List.of(), part.gaps(reading), part.unsaid(reading)));
            part.calls(reading)
                    .orElseGet(List::of)
                    .forEach(call -> all.add(findings(call, reading.instance().arn(), alias)));
        }
        List<String> unread = elsewhere.stream()
                .map(call -> "no reading tells of the call " + call)
                .toList();
        all.add(new Findings(List.of(), List.of(), unread));
        return Findings.together(all);
    }

    /** Applies the rule to one call. */
    Findings findings(SettingCall call, InstanceArn instance, Optional<String> alias) {
        try {
            return findings(decoder.decode(call.message(eventSource, instance)), alias);
        } catch (RejectedException e) {
            return Findings.gap("what Amazon Connect says of it cannot be granted: "
                    + e.rejection().detail());
        }
    }

    private static Findings findings(Decoded decoded, Optional<String> alias) {
        return switch (decoded) {
            case Decoded.Mapped(List<RoleEvent> events) -> new Findings(events, List.of(), List.of());
            case Decoded.NeedsAlias needs -> findings(needs.then().apply(alias), alias);
            case Decoded.NeedsAssociation needs ->
                findings(needs.then().apply(needs.known()), alias).with(needs.id(), needs.known());
            case Decoded.Dropped dropped
            when dropped.why().losesChange() ->
                Findings.gap("what Amazon Connect says of it does not suffice: " + dropped.detail());
            case Decoded.Dropped ignored -> Findings.NONE;
            case Decoded.Event event -> throw new IllegalStateException("a call was read as " + event);
        };
    }

    /**
     * Findings of rules in a reading.
     *
     * @param events events that the calls became; their ids and times mean nothing
     * @param gaps clauses about what is not known
     * @param unsaid clauses about what no answer tells; they matter only where a recorded grant was not found
     * @param associations associations that were found, by their ids; their times mean nothing
     */
    record Findings(
            List<RoleEvent> events,
            List<String> gaps,
            List<String> unsaid,
            SortedMap<String, Association.Begun> associations) {

        static final Findings NONE = new Findings(List.of(), List.of(), List.of());

        Findings(List<RoleEvent> events, List<String> gaps, List<String> unsaid) {
            this(events, gaps, unsaid, new TreeMap<>());
        }

        Findings {
            events = List.copyOf(events);
            gaps = List.copyOf(gaps);
            unsaid = List.copyOf(unsaid);
            associations = Collections.unmodifiableSortedMap(new TreeMap<>(associations));
        }

        Findings with(String id, Association known) {
            SortedMap<String, Association.Begun> more = new TreeMap<>(associations);
            known.begun().ifPresent(begun -> more.put(id, begun));
            return new Findings(events, gaps, unsaid, more);
        }

        static Findings gap(String clause) {
            return new Findings(List.of(), List.of(clause), List.of());
        }

        static Findings together(Collection<Findings> all) {
            SortedMap<String, Association.Begun> associations = new TreeMap<>();
            all.forEach(each -> associations.putAll(each.associations));
            return new Findings(
                    all.stream().flatMap(each -> each.events.stream()).toList(),
                    all.stream().flatMap(each -> each.gaps.stream()).distinct().toList(),
                    all.stream()
                            .flatMap(each -> each.unsaid.stream())
                            .distinct()
                            .toList(),
                    associations);
        }
    }
}
