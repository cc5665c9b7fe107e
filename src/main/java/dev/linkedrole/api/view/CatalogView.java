package dev.linkedrole.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkedrole.role.catalog.ArnTemplate;
import dev.linkedrole.role.catalog.Feature;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.catalog.ResourceKind;
import dev.linkedrole.role.catalog.StatementTemplate;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * JSON view of a catalog. {@code {names}} in ARNs stand for parts of the instance's or the resource's own ARN.
 *
 * @param name the catalog's own name
 * @param service the service in its instances' ARNs
 * @param principal the service principal that may assume the roles
 * @param base the permissions of every live role
 * @param features in the order of their names
 */
public record CatalogView(
        String name, String service, String principal, List<GrantView> base, List<FeatureView> features) {

    public static CatalogView of(FeatureCatalog catalog) {
        return new CatalogView(
                catalog.name(),
                catalog.service(),
                catalog.principal(),
                GrantView.all(catalog.base()),
                catalog.features().values().stream().map(FeatureView::of).toList());
    }

    /**
     * JSON view of a feature.
     *
     * @param authority {@code service} if Amazon Connect's own answers enable and disable it, {@code producers} if events
     *     alone do
     * @param partitions the partitions that offer it; absent if all do
     * @param regions likewise
     * @param resources the kinds of resource it takes, with the permissions on each
     * @param withoutResource the permissions when it is enabled without a resource; absent if it requires one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FeatureView(
            String name,
            String authority,
            @Nullable SortedSet<String> partitions,
            @Nullable SortedSet<String> regions,
            List<KindView> resources,
            @Nullable List<GrantView> withoutResource) {
        static FeatureView of(Feature feature) {
            return new FeatureView(
                    feature.name(),
                    feature.authority().name().toLowerCase(Locale.ROOT),
                    feature.offering().partitions().map(TreeSet::new).orElse(null),
                    feature.offering().regions().map(TreeSet::new).orElse(null),
                    feature.kinds().stream().map(KindView::of).toList(),
                    feature.withoutResource().map(GrantView::all).orElse(null));
        }
    }

    /**
     * JSON view of a kind of resource.
     *
     * @param kind its name
     * @param arn the pattern of its ARNs
     * @param grants the permissions on one such resource
     */
    public record KindView(String kind, String arn, List<GrantView> grants) {
        static KindView of(ResourceKind kind) {
            return new KindView(kind.name(), kind.arn().text(), GrantView.all(kind.statements()));
        }
    }

    /**
     * JSON view of a statement: actions on resources.
     *
     * @param sid by which the policies name it
     * @param effect {@code Allow}, or {@code Deny}, which takes precedence over every grant
     * @param conditions operator to condition key to value
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record GrantView(
            String sid,
            String effect,
            List<String> actions,
            List<String> resources,
            SortedMap<String, SortedMap<String, String>> conditions) {
        static List<GrantView> all(List<StatementTemplate> statements) {
            return statements.stream().map(GrantView::of).toList();
        }

        private static GrantView of(StatementTemplate statement) {
            return new GrantView(
                    statement.sid(),
                    statement.effect().value(),
                    statement.actions(),
                    statement.resources().stream().map(ArnTemplate::text).toList(),
                    statement.conditions());
        }
    }
}
