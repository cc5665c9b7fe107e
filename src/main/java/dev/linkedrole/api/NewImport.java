package dev.linkedrole.api;

import java.util.List;

/**
 * A request for an import.
 *
 * @param accounts accounts to read; none for all that are configured
 * @param regions regions to read; none for those that are configured
 */
record NewImport(List<String> accounts, List<String> regions, boolean dryRun) {

    /** Reads the request from the body of a call; unknown fields are ignored. */
    static NewImport read(String text) {
        JsonBody body = JsonBody.read(text);
        return new NewImport(body.texts("accounts"), body.texts("regions"), body.flag("dryRun"));
    }

    /**
     * Request body, for the OpenAPI document.
     *
     * @param accounts twelve digits each; if absent or empty, all accounts with a configured role, and the controller's
     *     own
     * @param regions such as us-west-2; required unless linked-role.connect.regions is configured
     * @param dryRun true to record nothing
     */
    record Body(List<String> accounts, List<String> regions, boolean dryRun) {}
}
