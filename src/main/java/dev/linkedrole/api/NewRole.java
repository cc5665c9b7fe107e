package dev.linkedrole.api;

import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.InvalidValueException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A request to create a role, equivalent to an {@code instance-created} event.
 *
 * @param instance the instance that owns the role
 * @param alias the instance's human name; empty if it has none
 * @param adopt true to take over an existing role of this name that the controller does not manage
 */
record NewRole(InstanceArn instance, String alias, boolean adopt) {

    private static final String INSTANCE_ARN = "instanceArn";
    private static final String ALIAS = "alias";
    private static final String ADOPT = "adopt";

    /** Maximum length of the alias, as in an event. */
    private static final int MAX_ALIAS = 2_048;

    /** Reads the request from the path and the body of a call; unknown fields are ignored, as in events. */
    static NewRole read(InstanceId id, String text, FeatureCatalog catalog) {
        JsonBody body = JsonBody.read(text);
        InstanceArn instance = instance(body.text(INSTANCE_ARN)
                .orElseThrow(() ->
                        new InvalidValueException(INSTANCE_ARN + " is missing: it must be the ARN of the instance")));
        if (!instance.service().equals(catalog.service())) {
            throw new InvalidValueException(
                    INSTANCE_ARN + " must be of the service " + catalog.service() + ", not " + instance.service());
        }
        if (!instance.id().equals(id)) {
            throw new InvalidValueException(
                    INSTANCE_ARN + " must be of the instance in the path, " + id + ", not of " + instance.id());
        }
        return new NewRole(instance, alias(body.text(ALIAS).orElse("")), body.flag(ADOPT));
    }

    private static String alias(String text) {
        if (text.length() > MAX_ALIAS) {
            throw new InvalidValueException(ALIAS + " must have at most " + MAX_ALIAS + " characters");
        }
        return text;
    }

    private static InstanceArn instance(String text) {
        try {
            return InstanceArn.parse(text);
        } catch (InvalidValueException e) {
            throw new InvalidValueException(INSTANCE_ARN + " is wrong: " + e.getMessage());
        }
    }

    /**
     * Request body, for the OpenAPI document.
     *
     * @param instanceArn the ARN of the instance
     * @param alias the instance's human name
     * @param adopt true to take over an existing role of this name that the controller does not manage: its tags, trust
     *     policy and permissions are replaced
     */
    record Body(@Schema(required = true) String instanceArn, String alias, boolean adopt) {}
}
