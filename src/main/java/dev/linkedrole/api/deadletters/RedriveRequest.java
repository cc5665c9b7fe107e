package dev.linkedrole.api.deadletters;

import dev.linkedrole.api.JsonBody;
import dev.linkedrole.intake.deadletters.DeadLetterFilter;
import dev.linkedrole.role.model.InvalidValueException;
import java.util.List;
import java.util.Set;

/**
 * A request for a redrive.
 *
 * @param filter the chosen dead letters
 */
record RedriveRequest(DeadLetterFilter filter) {

    /** Maximum number of messages that can be named; more are better chosen by their reason. */
    private static final int MAX_MESSAGES = 1_000;

    private static final Set<String> FIELDS = Set.of("reasons", "queues", "messages", "all");

    /**
     * Reads the request from the body of a call. A field that is not known is an error, since leaving out a choice
     * would redrive more than was meant.
     */
    static RedriveRequest read(String text, List<String> queues) {
        JsonBody body = JsonBody.read(text);
        body.fields().stream()
                .filter(field -> !FIELDS.contains(field))
                .findFirst()
                .ifPresent(field -> {
                    throw new InvalidValueException(
                            "the body may have the fields reasons, queues, messages and all, and no other");
                });
        DeadLetterFilter filter =
                Choice.filter(body.texts("reasons"), body.texts("queues"), body.texts("messages"), queues);
        if (filter.messages().size() > MAX_MESSAGES) {
            throw new InvalidValueException("messages must be at most " + MAX_MESSAGES + " ids");
        }
        if (filter.equals(DeadLetterFilter.ALL) != body.flag("all")) {
            throw new InvalidValueException(
                    "the body must choose by reasons, queues or messages, or else have \"all\": true");
        }
        return new RedriveRequest(filter);
    }

    /**
     * Request body, for the OpenAPI document. Several choices together narrow each other.
     *
     * @param reasons codes of reasons, as the list of the dead letters has them
     * @param queues names of queues, as the list has them
     * @param messages ids of messages, as the list has them; at most 1,000
     * @param all true to redrive all; only without another choice
     */
    record Body(List<String> reasons, List<String> queues, List<String> messages, boolean all) {}
}
