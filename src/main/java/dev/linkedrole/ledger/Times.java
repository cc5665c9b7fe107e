package dev.linkedrole.ledger;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Times as the table has them. */
final class Times {

    /** Always six fractional digits: strings sort as their times do, which {@link Instant#toString} does not promise. */
    private static final DateTimeFormatter SORTABLE =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

    private Times() {}

    static String sortable(Instant time) {
        return SORTABLE.format(time);
    }
}
