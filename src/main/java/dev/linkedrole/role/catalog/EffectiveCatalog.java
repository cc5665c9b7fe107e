package dev.linkedrole.role.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.policybuilder.iam.IamEffect;

/**
 * Catalog by which roles are compiled while a newer catalog is held: every grant that the accepted catalog knows stays
 * as it says, and a grant that it does not know is as the newer one says. So nothing is revoked, and events of new
 * features and kinds of resource are served.
 */
public final class EffectiveCatalog {

    private final FeatureCatalog accepted;
    private final FeatureCatalog newer;
    private final Sids sids;

    private EffectiveCatalog(FeatureCatalog accepted, FeatureCatalog newer) {
        this.accepted = accepted;
        this.newer = newer;
        this.sids = new Sids(accepted, newer);
    }

    /**
     * Returns the catalog. A newer catalog of another service adds nothing: its instances are not the accepted one's.
     */
    public static FeatureCatalog of(FeatureCatalog accepted, FeatureCatalog newer) {
        return accepted.service().equals(newer.service()) ? new EffectiveCatalog(accepted, newer).catalog() : accepted;
    }

    /** Returns a catalog whose roles another service may assume. */
    public static FeatureCatalog withPrincipal(FeatureCatalog catalog, String principal) {
        return new FeatureCatalog(
                catalog.name(),
                catalog.service(),
                principal,
                catalog.namePrefix(),
                catalog.description(),
                catalog.base(),
                catalog.features(),
                catalog.apiCalls());
    }

    private FeatureCatalog catalog() {
        SortedMap<String, Feature> features = new TreeMap<>(accepted.features());
        Optional<ApiCalls> apiCalls = apiCalls();
        Set<String> enabledByCalls = enabledByCalls(apiCalls);
        newer.features().forEach((name, feature) -> {
            Feature known = features.get(name);
            Feature added = known == null ? renamed(feature) : extended(known, feature);
            boolean byCalls = known != null || enabledByCalls.contains(name);
            features.put(name, byCalls ? added : added.withAuthority(Feature.Authority.PRODUCERS));
        });
        return new FeatureCatalog(
                accepted.name(),
                accepted.service(),
                accepted.principal(),
                accepted.namePrefix(),
                accepted.description(),
                accepted.base(),
                features,
                apiCalls);
    }

    private Feature renamed(Feature feature) {
        return new Feature(
                feature.name(),
                feature.offering(),
                feature.withoutResource().map(sids::of),
                feature.kinds().stream().map(this::renamed).toList(),
                feature.authority());
    }

    private ResourceKind renamed(ResourceKind kind) {
        return new ResourceKind(kind.name(), kind.arn(), kind.pattern(), sids.of(kind.statements()));
    }

    /** Returns the accepted feature with what the newer one takes beyond it; the accepted kinds match first. */
    private Feature extended(Feature known, Feature newest) {
        Set<String> patterns = new HashSet<>();
        known.kinds().forEach(kind -> patterns.add(kind.pattern().pattern()));
        List<ResourceKind> kinds = new ArrayList<>(known.kinds());
        newest.kinds().stream()
                .filter(kind -> patterns.add(kind.pattern().pattern()))
                .map(this::renamed)
                .forEach(kinds::add);
        return new Feature(
                known.name(),
                known.offering().or(newest.offering()),
                known.withoutResource().or(() -> newest.withoutResource().map(sids::of)),
                kinds,
                known.authority());
    }

    /** Returns the accepted rules on API calls, and those of features that only the newer catalog has. */
    private Optional<ApiCalls> apiCalls() {
        Set<String> added = new TreeSet<>(newer.features().keySet());
        added.removeAll(accepted.features().keySet());
        List<ApiCallRule> rules = newer.apiCalls().stream()
                .flatMap(calls -> calls.rules().stream())
                .filter(rule -> featureOf(rule).filter(added::contains).isPresent())
                .toList();
        if (rules.isEmpty()) {
            return accepted.apiCalls();
        }
        if (accepted.apiCalls().isEmpty()) {
            return newer.apiCalls().map(calls -> new ApiCalls(calls.eventSource(), rules));
        }
        return accepted.apiCalls()
                .map(calls -> newer.apiCalls()
                                .filter(other -> other.eventSource().equals(calls.eventSource()))
                                .isPresent()
                        ? new ApiCalls(
                                calls.eventSource(),
                                Stream.concat(calls.rules().stream(), rules.stream())
                                        .toList())
                        : calls);
    }

    private static Optional<String> featureOf(ApiCallRule rule) {
        return switch (rule.result()) {
            case ApiCallRule.Enabled enabled -> Optional.of(enabled.feature());
            case ApiCallRule.Disabled disabled -> Optional.of(disabled.feature());
            case ApiCallRule.Created created -> Optional.empty();
            case ApiCallRule.Deleted deleted -> Optional.empty();
        };
    }

    private static Set<String> enabledByCalls(Optional<ApiCalls> apiCalls) {
        Set<String> enabled = new HashSet<>();
        apiCalls.stream().flatMap(calls -> calls.rules().stream()).forEach(rule -> {
            if (rule.result() instanceof ApiCallRule.Enabled of) {
                enabled.add(of.feature());
            }
        });
        return enabled;
    }

    /**
     * Sids of statements from the newer catalog: in one catalog a Sid has one meaning, and a meaning one Sid, so that a
     * statement may have to take the accepted catalog's Sid, or another one than its own.
     */
    private static final class Sids {

        private final Map<Meaning, String> known = new HashMap<>();
        private final Set<String> taken = new HashSet<>();

        Sids(FeatureCatalog accepted, FeatureCatalog newer) {
            statements(accepted).forEach(statement -> {
                known.put(Meaning.of(statement), statement.sid());
                taken.add(statement.sid());
            });
            Set<String> reserved = new HashSet<>(taken);
            statements(newer).map(StatementTemplate::sid).forEach(reserved::add);
            statements(newer)
                    .forEach(statement -> known.computeIfAbsent(Meaning.of(statement), meaning -> {
                        String sid = statement.sid();
                        return taken.add(sid) ? sid : free(sid, reserved);
                    }));
        }

        private static String free(String sid, Set<String> reserved) {
            int number = 2;
            while (!reserved.add(sid + number)) {
                number++;
            }
            return sid + number;
        }

        private static Stream<StatementTemplate> statements(FeatureCatalog catalog) {
            return Stream.concat(
                    catalog.base().stream(),
                    catalog.features().values().stream().flatMap(Feature::statements));
        }

        List<StatementTemplate> of(List<StatementTemplate> statements) {
            return statements.stream().map(this::of).toList();
        }

        private StatementTemplate of(StatementTemplate statement) {
            return new StatementTemplate(
                    known.getOrDefault(Meaning.of(statement), statement.sid()),
                    statement.effect(),
                    statement.actions(),
                    statement.resources(),
                    statement.conditions());
        }
    }

    private record Meaning(
            IamEffect effect, List<String> actions, SortedMap<String, SortedMap<String, String>> conditions) {

        static Meaning of(StatementTemplate statement) {
            return new Meaning(statement.effect(), statement.actions(), statement.conditions());
        }
    }
}
