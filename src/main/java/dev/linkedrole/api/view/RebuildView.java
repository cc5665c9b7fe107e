package dev.linkedrole.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkedrole.reconcile.rebuild.RebuildPage;
import dev.linkedrole.reconcile.rebuild.RebuiltRole;
import dev.linkedrole.role.model.Grant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * JSON view of rebuilding the ledger from a page of an account's roles.
 *
 * @param dryRun true if nothing was recorded
 * @param roles roles that bear our tags
 * @param next the {@code from} of the next page; absent after the last one
 */
@Schema(description = "Roles in IAM that bear our tags, and what of them the ledger lacked")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RebuildView(
        String account,
        boolean dryRun,
        List<Role> roles,
        @Nullable String next) {

    public static RebuildView of(String account, boolean dryRun, RebuildPage page) {
        return new RebuildView(
                account,
                dryRun,
                page.roles().stream().map(Role::of).toList(),
                page.next().orElse(null));
    }

    /**
     * JSON view of a role.
     *
     * @param id the instance's id
     * @param result recorded, complete, left or failed
     * @param grants grants that the role has and the ledger lacked
     * @param unexplained what else its policies say; it is not recorded
     * @param detail reason why nothing is recorded, or was not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RebuiltRole")
    public record Role(
            String id,
            String instanceArn,
            String roleArn,
            String result,
            List<String> grants,
            List<String> unexplained,
            @Nullable String detail) {

        static Role of(RebuiltRole role) {
            return new Role(
                    role.instance().id().value(),
                    role.instance().toString(),
                    role.roleArn(),
                    role.result().name().toLowerCase(Locale.ROOT),
                    role.grants().stream().map(Grant::toString).toList(),
                    role.unexplained(),
                    role.detail().orElse(null));
        }
    }
}
