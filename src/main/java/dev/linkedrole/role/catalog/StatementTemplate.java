package dev.linkedrole.role.catalog;

import dev.linkedrole.role.model.InvalidValueException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.policybuilder.iam.IamEffect;

/**
 * Template of a statement of the catalog: allows actions on resources that are filled in later, under conditions; or
 * denies them, which takes precedence.
 *
 * @param sid the statement's id, {@code [A-Za-z0-9]+}; in one catalog a Sid always has the same effect, actions and
 *     conditions, so that statements of one Sid can be merged into one with the resources of all
 * @param effect {@code Allow} or {@code Deny}
 * @param actions sorted and distinct, so that equal sets are equal lists
 * @param resources the resources, as templates over the instance's ARN and the resource's
 * @param conditions operator, such as {@code StringEquals}, to condition key to value
 */
public record StatementTemplate(
        String sid,
        IamEffect effect,
        List<String> actions,
        List<ArnTemplate> resources,
        SortedMap<String, SortedMap<String, String>> conditions) {

    private static final Pattern SID = Pattern.compile("[A-Za-z0-9]+");

    /** @throws InvalidValueException if IAM does not accept the Sid, or there are no actions */
    public StatementTemplate {
        if (!SID.matcher(sid).matches()) {
            throw new InvalidValueException("a Sid has only letters A-Z a-z and digits, unlike '" + sid + "'");
        }
        if (actions.isEmpty()) {
            throw new InvalidValueException("the Sid " + sid + " has no actions");
        }
        actions = actions.stream().distinct().sorted().toList();
        resources = List.copyOf(resources);
    }

    /** Returns the resources with their names replaced by values. */
    List<String> resources(Map<String, String> values) {
        return resources.stream().map(template -> template.fill(values)).toList();
    }
}
