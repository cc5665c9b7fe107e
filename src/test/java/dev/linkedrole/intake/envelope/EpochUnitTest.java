package dev.linkedrole.intake.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Guesses of the unit of a count since the epoch: it is likely from the year 1990 up to the year 2200. */
class EpochUnitTest {

    private static final long FIRST = Instant.parse("1990-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("2199-12-31T23:59:59Z").getEpochSecond();

    @Property
    void a_likely_count_is_told_with_its_unit_and_its_time(
            @ForAll EpochUnit unit, @ForAll @LongRange(min = 631_152_000L, max = 7_258_118_399L) long second) {
        assertThat(EpochUnit.hint(count(unit, second)))
                .isEqualTo(": it looks like " + unit + " since the epoch, which is " + Instant.ofEpochSecond(second));
    }

    @ParameterizedTest
    @EnumSource
    void the_first_and_the_last_likely_count_are_told(EpochUnit unit) {
        assertThat(EpochUnit.hint(count(unit, FIRST))).contains(unit.toString(), "1990-01-01T00:00:00Z");
        assertThat(EpochUnit.hint(count(unit, LAST))).contains(unit.toString(), "2199-12-31T23:59:59Z");
    }

    @ParameterizedTest
    @EnumSource
    void a_count_just_outside_is_of_no_unit(EpochUnit unit) {
        assertThat(EpochUnit.hint(count(unit, FIRST - 1))).isEmpty();
        assertThat(EpochUnit.hint(count(unit, LAST + 1))).isEmpty();
    }

    @Test
    void a_year_is_misread_where_the_meant_one_is_likely() {
        assertThat(EpochUnit.ofMisreadYear(21_969)).isEmpty();
        assertThat(EpochUnit.ofMisreadYear(21_970)).contains(EpochUnit.MILLISECONDS);
        assertThat(EpochUnit.ofMisreadYear(232_969)).contains(EpochUnit.MILLISECONDS);
        assertThat(EpochUnit.ofMisreadYear(232_970)).isEmpty();
        assertThat(EpochUnit.ofMisreadYear(20_001_970)).contains(EpochUnit.MICROSECONDS);
        assertThat(EpochUnit.ofMisreadYear(20_000_001_970L)).contains(EpochUnit.NANOSECONDS);
    }

    private static BigDecimal count(EpochUnit unit, long second) {
        int zeros = switch (unit) {
            case SECONDS -> 0;
            case MILLISECONDS -> 3;
            case MICROSECONDS -> 6;
            case NANOSECONDS -> 9;
        };
        return BigDecimal.valueOf(second).scaleByPowerOfTen(zeros);
    }
}
