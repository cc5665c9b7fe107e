package dev.linkedrole.api.view;

import dev.linkedrole.role.model.InvalidValueException;

/** Query parameter {@code limit}: the most entries of an answer. */
public final class PageLimit {

    private PageLimit() {}

    /**
     * Reads the parameter.
     *
     * @param most the largest limit
     * @throws InvalidValueException if it is no number from 1 to the largest
     */
    public static int read(String text, int most) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= most) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Rejected below.
        }
        throw new InvalidValueException("limit must be a number from 1 to " + most);
    }
}
