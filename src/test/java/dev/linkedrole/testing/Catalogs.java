package dev.linkedrole.testing;

import dev.linkedrole.role.catalog.ApiCallRule;
import dev.linkedrole.role.catalog.ApiCalls;
import dev.linkedrole.role.catalog.Feature;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.catalog.StatementTemplate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Variants of catalogs. */
public final class Catalogs {

    private Catalogs() {}

    /** Returns a catalog without a feature, and without the rules on API calls that concern it. */
    public static FeatureCatalog without(FeatureCatalog catalog, String feature) {
        SortedMap<String, Feature> features = new TreeMap<>(catalog.features());
        features.remove(feature);
        Optional<ApiCalls> calls = catalog.apiCalls()
                .map(all -> new ApiCalls(
                        all.eventSource(),
                        all.rules().stream()
                                .filter(rule -> !concerns(rule, feature))
                                .toList()));
        return with(catalog, catalog.base(), features, calls);
    }

    /** Returns a catalog with another base. */
    public static FeatureCatalog withBase(FeatureCatalog catalog, List<StatementTemplate> base) {
        return with(catalog, base, catalog.features(), catalog.apiCalls());
    }

    /** Returns a catalog with other features, and without rules on API calls. */
    public static FeatureCatalog withFeatures(FeatureCatalog catalog, SortedMap<String, Feature> features) {
        SortedMap<String, Feature> ofProducers = new TreeMap<>();
        features.forEach((name, feature) -> ofProducers.put(name, feature.withAuthority(Feature.Authority.PRODUCERS)));
        return with(catalog, catalog.base(), ofProducers, Optional.empty());
    }

    private static FeatureCatalog with(
            FeatureCatalog catalog,
            List<StatementTemplate> base,
            SortedMap<String, Feature> features,
            Optional<ApiCalls> calls) {
        return new FeatureCatalog(
                catalog.name(),
                catalog.service(),
                catalog.principal(),
                catalog.namePrefix(),
                catalog.description(),
                base,
                features,
                calls);
    }

    private static boolean concerns(ApiCallRule rule, String feature) {
        return switch (rule.result()) {
            case ApiCallRule.Enabled enabled -> enabled.feature().equals(feature);
            case ApiCallRule.Disabled disabled -> disabled.feature().equals(feature);
            case ApiCallRule.Created created -> false;
            case ApiCallRule.Deleted deleted -> false;
        };
    }
}
