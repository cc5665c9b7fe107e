package dev.linkedrole.connect.comparison;

import dev.linkedrole.connect.ConnectInstance;
import dev.linkedrole.connect.InstanceReading;
import dev.linkedrole.connect.LexVersion;
import dev.linkedrole.connect.ReadScope;
import dev.linkedrole.connect.comparison.FeatureRule.Findings;
import dev.linkedrole.role.catalog.ApiCallRule;
import dev.linkedrole.role.catalog.ApiCalls;
import dev.linkedrole.role.catalog.Feature;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.model.Announcement;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.GrantWrite;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Comparison of what was read of an instance with what is recorded of it. The catalog's rules on API calls decide what a
 * setting means: each is applied to the calls that would have led to the settings.
 *
 * <p>Features for which the catalog names the service as authority are enabled and disabled as was read; all others are
 * left alone. What was not read disables nothing.
 */
public final class InstanceComparison {

    private static final String CREATE = "CreateInstance";

    /**
     * Time for which an instance is taken to exist after its creation, whatever Amazon Connect says: deletion is final,
     * and neither the clocks nor the answers of both sides agree to the second.
     */
    private static final Duration SETTLING = Duration.ofMinutes(1);

    private final List<FeatureRule> creation;
    private final SortedMap<String, List<FeatureRule>> rules = new TreeMap<>();

    /** @param catalog the rules, and the features for which Amazon Connect is the authority */
    public InstanceComparison(FeatureCatalog catalog) {
        Optional<ApiCalls> calls = catalog.apiCalls();
        creation = calls.stream()
                .flatMap(known -> known.of(CREATE).stream()
                        .filter(rule -> rule.result() instanceof ApiCallRule.Created)
                        .map(rule -> FeatureRule.of(rule, known, catalog)))
                .toList();
        calls.ifPresent(known -> catalog.features().values().stream()
                .filter(feature -> feature.authority() == Feature.Authority.SERVICE)
                .forEach(feature -> rules.put(
                        feature.name(),
                        known.rules().stream()
                                .filter(rule -> enables(feature, rule))
                                .map(rule -> FeatureRule.of(rule, known, catalog))
                                .toList())));
    }

    private static boolean enables(Feature feature, ApiCallRule rule) {
        return rule.result() instanceof ApiCallRule.Enabled enabled
                && enabled.feature().equals(feature.name());
    }

    /** Returns the settings that the rules ask about. No other setting has to be read. */
    public ReadScope scope() {
        Set<String> storage = new TreeSet<>();
        Set<LexVersion> bots = EnumSet.noneOf(LexVersion.class);
        boolean integrations = false;
        boolean attributes = false;
        for (Part part : parts().toList()) {
            switch (part) {
                case Part.Storage(String type) -> storage.add(type);
                case Part.Bots(LexVersion version) -> bots.add(version);
                case Part.Integrations all -> integrations = true;
                case Part.Attributes some -> attributes = true;
            }
        }
        return new ReadScope(storage, bots, integrations, attributes);
    }

    private Stream<Part> parts() {
        return rules.values().stream().flatMap(List::stream).flatMap(rule -> rule.parts().stream());
    }

    /**
     * Compares a reading with what is recorded.
     *
     * @param recorded state of the instance, best loaded after the reading ended; empty if nothing is recorded of it. The
     *     grants that are disabled may be left out: then an event may be superseded when it is recorded
     */
    public Comparison compare(InstanceReading reading, Optional<LinkedRole> recorded) {
        InstanceArn instance = reading.instance().arn();
        Optional<Comparison> decided = recorded.filter(role -> !role.instance().equals(instance))
                .map(role -> undecided("The id of " + instance + " is recorded as that of " + role.instance()))
                .or(() -> recorded.filter(LinkedRole::deleted).map(role -> deleted(role, reading)))
                .or(() -> inactive(reading.instance()));
        return decided.orElseGet(() -> compared(
                reading, new Draft(recorded.orElseGet(() -> LinkedRole.unknown(instance)), reading.begunAt())));
    }

    private static Comparison deleted(LinkedRole recorded, InstanceReading reading) {
        Instant second = reading.begunAt().truncatedTo(ChronoUnit.SECONDS);
        return recorded.deletedAt()
                .filter(at -> at.isBefore(second))
                .map(at -> undecided(
                        recorded.instance() + " is recorded as deleted at " + at + ", and Amazon Connect still has it"))
                .orElseGet(() -> new Comparison(List.of(), List.of()));
    }

    private static Optional<Comparison> inactive(ConnectInstance instance) {
        return instance.status() == ConnectInstance.Status.ACTIVE
                ? Optional.empty()
                : Optional.of(undecided(instance.arn() + " is not active in Amazon Connect, but " + instance.status()));
    }

    private static Comparison undecided(String note) {
        return new Comparison(List.of(), List.of(note));
    }

    private Comparison compared(InstanceReading reading, Draft draft) {
        announce(reading, draft);
        Optional<String> alias = reading.instance()
                .alias()
                .filter(text -> !text.isBlank())
                .or(() -> draft.role().announcement().map(Announcement::alias))
                .filter(text -> !text.isBlank());
        SortedMap<String, SortedSet<Grant>> grants = new TreeMap<>();
        rules.forEach((feature, ofFeature) -> {
            Findings findings = Findings.together(ofFeature.stream()
                    .map(rule -> rule.findings(reading, alias))
                    .toList());
            SortedSet<Grant> found = grants(findings);
            grants.put(feature, found);
            findings.associations().forEach(draft::found);
            if (isComplete(feature, findings, found, draft)) {
                draft.disableAllBut(found, feature);
            }
        });
        // Enabled last: a full role then has room.
        grants.forEach((feature, found) -> draft.enable(found, feature));
        return draft.comparison();
    }

    private void announce(InstanceReading reading, Draft draft) {
        ConnectInstance instance = reading.instance();
        SettingCall call = SettingCall.of(CREATE);
        instance.alias().ifPresent(alias -> call.request().put("InstanceAlias", alias));
        call.response()
                .put("Id", instance.arn().id().value())
                .put("Arn", instance.arn().toString());
        creation.stream()
                .map(rule -> rule.findings(call, instance.arn(), instance.alias()))
                .flatMap(findings -> {
                    findings.gaps().forEach(gap -> draft.note(instance.arn() + " is not announced, since " + gap));
                    return findings.events().stream();
                })
                .filter(RoleEvent.InstanceCreated.class::isInstance)
                .map(RoleEvent.InstanceCreated.class::cast)
                .findFirst()
                .ifPresent(created -> draft.announce(instance.createdAt(), created.alias()));
    }

    private static SortedSet<Grant> grants(Findings findings) {
        SortedSet<Grant> grants = new TreeSet<>();
        findings.events().stream()
                .filter(RoleEvent.FeatureEnabled.class::isInstance)
                .forEach(enabled -> grants.addAll(LinkedRole.named(enabled)));
        return grants;
    }

    /** True if a reading tells all of a feature, so that it may be disabled. Notes what it does not tell. */
    private static boolean isComplete(String feature, Findings findings, Set<Grant> found, Draft draft) {
        List<String> gaps = new ArrayList<>(findings.gaps());
        if (!found.containsAll(draft.enabled(feature))) {
            gaps.addAll(findings.unsaid());
        }
        gaps.forEach(gap -> draft.note("Nothing of " + feature + " is disabled, since " + gap));
        return gaps.isEmpty();
    }

    /**
     * Compares the absence of an instance with what is recorded.
     *
     * @param recorded state of an instance that Amazon Connect does not have
     * @param begunAt time before Amazon Connect was asked
     */
    public Comparison gone(LinkedRole recorded, Instant begunAt) {
        if (!recorded.live()) {
            return new Comparison(List.of(), List.of());
        }
        Optional<Instant> created = recorded.announcement().map(Announcement::time);
        if (created.filter(time -> time.plus(SETTLING).isAfter(begunAt)).isPresent()) {
            return undecided(recorded.instance() + " is not taken for deleted, since its creation is recorded at "
                    + created.get() + ", less than a minute before Amazon Connect did not have it");
        }
        Optional<Instant> later = recorded.grantWrites().values().stream()
                .filter(write -> write.enabled() && write.time().isAfter(begunAt))
                .map(GrantWrite::time)
                .max(Instant::compareTo);
        if (later.isPresent()) {
            return undecided(recorded.instance() + " is not taken for deleted, since a feature of it is recorded as"
                    + " enabled at " + later.get() + ", after Amazon Connect did not have it");
        }
        Draft draft = new Draft(recorded, begunAt);
        draft.delete();
        return draft.comparison();
    }
}
