package dev.linkedrole.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkedrole.connect.imports.DriftReport;
import dev.linkedrole.ledger.imports.ImportRecord;
import dev.linkedrole.role.model.InstanceArn;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * JSON view of the imports, or of a comparison.
 *
 * @param imports the imports that were requested last, the newest first; absent in a comparison
 * @param comparison the comparison; absent unless it was asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImportListView(
        @Nullable List<Entry> imports, @Nullable ComparisonView comparison) {

    public static ImportListView of(List<ImportRecord> records) {
        return new ImportListView(records.stream().map(Entry::of).toList(), null);
    }

    public static ImportListView of(DriftReport report) {
        return new ImportListView(null, ComparisonView.of(report));
    }

    /**
     * JSON view of an import in the list.
     *
     * @param state running, done or failed
     * @param locations number of accounts and regions
     * @param endedAt time of the end; absent until then
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            String id,
            String state,
            boolean dryRun,
            int locations,
            Instant requestedAt,
            @Nullable Instant endedAt) {

        static Entry of(ImportRecord record) {
            return new Entry(
                    record.id(),
                    record.state().name().toLowerCase(Locale.ROOT),
                    record.dryRun(),
                    record.locations().size(),
                    record.requestedAt(),
                    record.endedAt().orElse(null));
        }
    }

    /**
     * JSON view of a comparison of instances with roles.
     *
     * @param instancesWithoutRole ARNs of active instances without a role
     * @param moreInstances number of further ones
     * @param rolesWithoutInstance ARNs of instances that are recorded to exist and are not listed
     * @param moreRoles number of further ones
     * @param unfinished accounts and regions of which nothing is said, and why
     */
    public record ComparisonView(
            List<String> instancesWithoutRole,
            long moreInstances,
            List<String> rolesWithoutInstance,
            long moreRoles,
            List<UnfinishedView> unfinished) {

        static ComparisonView of(DriftReport report) {
            return new ComparisonView(
                    texts(report.instancesWithoutRole()),
                    report.moreInstances(),
                    texts(report.rolesWithoutInstance()),
                    report.moreRoles(),
                    report.unfinished().stream().map(UnfinishedView::of).toList());
        }

        private static List<String> texts(List<InstanceArn> instances) {
            return instances.stream().map(InstanceArn::toString).toList();
        }
    }

    /** JSON view of an account and region whose instances were not listed. */
    public record UnfinishedView(String account, String region, String reason) {

        static UnfinishedView of(DriftReport.Unfinished location) {
            return new UnfinishedView(location.account(), location.region(), location.reason());
        }
    }
}
