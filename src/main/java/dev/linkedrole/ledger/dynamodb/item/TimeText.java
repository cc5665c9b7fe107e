package dev.linkedrole.ledger.dynamodb.item;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Format of times in the table. */
public final class TimeText {

    /**
     * Always six fractional digits, so that strings sort like their times; {@link Instant#toString} does not promise
     * that.
     */
    private static final DateTimeFormatter SORTABLE =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

    private TimeText() {}

    public static String sortable(Instant time) {
        return SORTABLE.format(time);
    }
}
