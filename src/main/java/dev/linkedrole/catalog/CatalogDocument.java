package dev.linkedrole.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.linkedrole.role.catalog.ArnTemplate;
import dev.linkedrole.role.catalog.Feature;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.catalog.Offering;
import dev.linkedrole.role.catalog.ResourceKind;
import dev.linkedrole.role.catalog.StatementTemplate;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.policybuilder.iam.IamEffect;

/** A catalog file as it is written. */
@RegisterForReflection
record CatalogDocument(
        @Required String name,
        @Required String service,
        @Required String principal,
        @Required String namePrefix,
        @Required String description,
        @Required List<Statement> base,
        @Required Map<String, FeatureEntry> features,
        @JsonProperty("api-calls") @Nullable ApiCallsEntry apiCalls) {

    FeatureCatalog toCatalog() {
        SortedMap<String, Feature> byName = new TreeMap<>();
        features.forEach((featureName, entry) -> byName.put(featureName, entry.toFeature(featureName)));
        return new FeatureCatalog(
                name,
                service,
                principal,
                namePrefix,
                description,
                Statement.all(base),
                byName,
                Optional.ofNullable(apiCalls).map(ApiCallsEntry::toApiCalls));
    }

    /** A feature as it is written in the file. */
    @RegisterForReflection
    record FeatureEntry(
            @Nullable Authority authority,
            @Nullable Offer offered,
            @Nullable List<Statement> withoutResource,
            @Nullable List<Kind> resources) {

        Feature toFeature(String featureName) {
            return new Feature(
                    featureName,
                    offered == null ? Offering.EVERYWHERE : offered.toOffering(),
                    Optional.ofNullable(withoutResource).map(Statement::all),
                    resources == null
                            ? List.of()
                            : resources.stream().map(Kind::toKind).toList(),
                    authority == Authority.SERVICE ? Feature.Authority.SERVICE : Feature.Authority.PRODUCERS);
        }
    }

    /** Authority for a feature; the producers if it has none. */
    @RegisterForReflection
    enum Authority {
        @JsonProperty("service")
        SERVICE,
        @JsonProperty("producers")
        PRODUCERS
    }

    /** Partitions and regions that offer a feature, as they are written. */
    @RegisterForReflection
    record Offer(@Nullable Set<String> partitions, @Nullable Set<String> regions) {

        Offering toOffering() {
            return new Offering(Optional.ofNullable(partitions), Optional.ofNullable(regions));
        }
    }

    /** A kind of resource as it is written. */
    @RegisterForReflection
    record Kind(
            @Required String kind,
            @Required String arn,
            @Nullable Map<String, String> where,
            @Required List<Statement> statements) {

        ResourceKind toKind() {
            return ResourceKind.of(
                    kind, new ArnTemplate(arn), where == null ? Map.of() : where, Statement.all(statements));
        }
    }

    /** Effect of a statement; {@code Allow} if it has none. */
    @RegisterForReflection
    enum Effect {
        @JsonProperty("Allow")
        ALLOW,
        @JsonProperty("Deny")
        DENY
    }

    /** A statement as it is written. */
    @RegisterForReflection
    record Statement(
            @Required String sid,
            @Nullable Effect effect,
            @Required List<String> actions,
            @Required List<String> resources,
            @Nullable SortedMap<String, SortedMap<String, String>> conditions) {

        static List<StatementTemplate> all(List<Statement> statements) {
            return statements.stream().map(Statement::toTemplate).toList();
        }

        private StatementTemplate toTemplate() {
            return new StatementTemplate(
                    sid,
                    effect == Effect.DENY ? IamEffect.DENY : IamEffect.ALLOW,
                    actions,
                    resources.stream().map(ArnTemplate::new).toList(),
                    conditions == null ? new TreeMap<>() : conditions);
        }
    }
}
