package dev.linkedrole.api.view;

import dev.linkedrole.role.plan.Difference;
import java.util.List;
import java.util.Locale;

/**
 * JSON view of one component of a role in IAM that was changed from outside.
 *
 * @param facet which component of the role: {@code inline:NAME}, {@code managed:NUMBER}, {@code attached:ARN}, {@code
 *     trust}, {@code tags}, {@code boundary}, {@code description}, or {@code role} for the whole
 * @param kind missing, extra or other
 * @param missing the missing parts: of policies each resource, after its statement's Sid, and each statement without
 *     its resources
 * @param extra the parts that were there instead or in addition
 */
public record DriftView(String facet, String kind, List<String> missing, List<String> extra) {

    static DriftView of(Difference difference) {
        return new DriftView(
                difference.component(),
                difference.kind().name().toLowerCase(Locale.ROOT),
                difference.missing(),
                difference.extra());
    }
}
