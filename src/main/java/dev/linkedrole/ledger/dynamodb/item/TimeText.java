package dev.linkedrole.ledger.dynamodb.item;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Times as the table has them. */
public final class TimeText {

    /** Always six fractional digits: strings sort as their times do, which {@link Instant#toString} does not promise. */
    private static final DateTimeFormatter SORTABLE =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

    private TimeText() {}

    public static String sortable(Instant time) {
        return SORTABLE.format(time);
    }
}
