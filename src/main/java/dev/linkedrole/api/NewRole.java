package dev.linkedrole.api;

import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.InvalidValueException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The role that a caller wants made, said as producers say that an instance was created.
 *
 * @param instance the instance whose it is to be
 * @param alias the instance's human name; empty if it has none
 * @param adopt whether a role of the name that is not ours is to be taken over
 */
record NewRole(InstanceArn instance, String alias, boolean adopt) {

    private static final String INSTANCE_ARN = "instanceArn";
    private static final String ALIAS = "alias";
    private static final String ADOPT = "adopt";

    /** As many characters as in an event. */
    private static final int MAX_ALIAS = 2_048;

    /** Reads it from the path and the body of a call; unknown fields are ignored, as they are in events. */
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
     * What the body looks like, for those who read about it.
     *
     * @param instanceArn the ARN of the instance
     * @param alias the instance's human name
     * @param adopt an operator's word that a role of the name, if there is one that is not ours, is to be taken over: its
     *     tags, trust policy and permissions are replaced
     */
    record Body(@Schema(required = true) String instanceArn, String alias, boolean adopt) {}
}
