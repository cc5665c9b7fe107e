package dev.linkedrole.intake.envelope;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Units in which clocks count from the epoch, guessed from where a count or a year would then be. */
enum EpochUnit {
    SECONDS(1L),
    MILLISECONDS(1_000L),
    MICROSECONDS(1_000_000L),
    NANOSECONDS(1_000_000_000L);

    private static final int EPOCH = 1970;
    private static final int EARLIEST_YEAR = 1990;
    private static final int LATEST_YEAR = 2200;

    private static final BigDecimal EARLIEST = seconds("1990-01-01T00:00:00Z");
    private static final BigDecimal LATEST = seconds("2200-01-01T00:00:00Z");

    private final long perSecond;

    EpochUnit(long perSecond) {
        this.perSecond = perSecond;
    }

    /** Returns the unit of a count that was read as seconds and so gave a year with more than four digits. */
    static Optional<EpochUnit> ofMisreadYear(long year) {
        return Arrays.stream(values())
                .filter(unit -> {
                    long meant = EPOCH + (year - EPOCH) / unit.perSecond;
                    return meant >= EARLIEST_YEAR && meant <= LATEST_YEAR;
                })
                .findFirst();
    }

    /**
     * Returns the end of a sentence about a number: the unit that it seems to count, and the same time in RFC 3339;
     * empty if no unit is likely.
     */
    static String hint(BigDecimal number) {
        return Arrays.stream(values())
                .filter(unit -> unit.isLikely(number))
                .findFirst()
                .map(unit -> ": it looks like " + unit + " since the epoch, which is " + unit.time(number))
                .orElse("");
    }

    private boolean isLikely(BigDecimal number) {
        BigDecimal scale = BigDecimal.valueOf(perSecond);
        return number.compareTo(EARLIEST.multiply(scale)) >= 0 && number.compareTo(LATEST.multiply(scale)) < 0;
    }

    private Instant time(BigDecimal number) {
        return Instant.ofEpochSecond(
                number.divideToIntegralValue(BigDecimal.valueOf(perSecond)).longValue());
    }

    private static BigDecimal seconds(String time) {
        return BigDecimal.valueOf(Instant.parse(time).getEpochSecond());
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
