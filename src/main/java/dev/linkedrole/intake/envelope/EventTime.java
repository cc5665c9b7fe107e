package dev.linkedrole.intake.envelope;

import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.model.LogText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parser of an event's time in RFC 3339. A fraction finer than a nanosecond is truncated, and a leap second becomes the
 * last instant before it, since Java's clock has neither.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3339#section-5.6">RFC 3339</a>
 */
final class EventTime {

    static final String EXPECTED = "a time in RFC 3339, such as 2026-11-23T09:00:00Z";

    private static final Pattern FOUR_DIGIT_YEAR = Pattern.compile("\\d{4}-.*", Pattern.DOTALL);
    private static final Pattern LONG_YEAR = Pattern.compile("[+-]?(\\d{5,14})-\\d\\d-\\d\\d[Tt].*");
    private static final Pattern BELOW_NANOSECOND = Pattern.compile("(\\.\\d{9})\\d+");
    private static final Pattern LEAP_SECOND =
            Pattern.compile("(.*[Tt]\\d\\d:\\d\\d:)60(?:\\.\\d+)?([Zz]|[+-]\\d\\d:\\d\\d)");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,20}(\\.\\d{1,20})?");
    private static final String DATE = "\\d{4}-\\d\\d-\\d\\d";
    private static final String TIME_OF_DAY = "\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?";

    private static final int LAST_SECOND_OF_DAY = 86_399;
    private static final int LAST_NANOSECOND = 999_999_999;

    private EventTime() {}

    /**
     * Reads a time.
     *
     * @throws InvalidValueException if it is not one; the message says what was expected, without naming the field
     */
    static Instant parse(String text) {
        if (LONG_YEAR.matcher(text).matches()) {
            throw new InvalidValueException(
                    "must have a year of four digits, as in RFC 3339, not " + LogText.of(text) + unitHint(text));
        }
        if (!FOUR_DIGIT_YEAR.matcher(text).matches()) {
            throw notOne(text);
        }
        Matcher leapSecond = LEAP_SECOND.matcher(text);
        try {
            return leapSecond.matches()
                    ? beforeLeapSecond(leapSecond.group(1) + "59" + leapSecond.group(2), text)
                    : OffsetDateTime.parse(BELOW_NANOSECOND.matcher(text).replaceFirst("$1"))
                            .toInstant();
        } catch (DateTimeException e) {
            throw notOne(text);
        }
    }

    private static Instant beforeLeapSecond(String secondBefore, String text) {
        OffsetDateTime time = OffsetDateTime.parse(secondBefore).withOffsetSameInstant(ZoneOffset.UTC);
        if (time.toLocalTime().toSecondOfDay() != LAST_SECOND_OF_DAY) {
            throw new InvalidValueException("must be " + EXPECTED
                    + ": a second 60 is only at the end of a day in UTC, not " + LogText.of(text));
        }
        return time.withNano(LAST_NANOSECOND).toInstant();
    }

    /** Describes the fault of a time that is given as a number. */
    static String faultOf(BigDecimal number) {
        return faultOf(number.toString()) + EpochUnit.hint(number);
    }

    /** Describes the fault of a time that is given as a number, of which only the text is known. */
    static String faultOf(String number) {
        return "must be " + EXPECTED + ", as a string, not the number " + LogText.bare(number);
    }

    private static InvalidValueException notOne(String text) {
        return new InvalidValueException("must be " + EXPECTED + ", not " + LogText.of(text) + formHint(text));
    }

    private static String formHint(String text) {
        return NUMBER.matcher(text).matches()
                ? EpochUnit.hint(new BigDecimal(text))
                : Arrays.stream(OtherForm.values())
                        .filter(form -> form.pattern.matcher(text).matches())
                        .findFirst()
                        .map(form -> ": " + form.fault)
                        .orElse("");
    }

    /** Guesses the unit of a count since the epoch from its year: one read in too coarse a unit is far off. */
    private static String unitHint(String text) {
        Matcher year = LONG_YEAR.matcher(text);
        return year.matches()
                ? EpochUnit.ofMisreadYear(Long.parseLong(year.group(1)))
                        .map(unit -> ": it looks like " + unit + " since the epoch that were read as seconds")
                        .orElse("")
                : "";
    }

    /** Common formats of a time that are not RFC 3339. */
    private enum OtherForm {
        WITHOUT_OFFSET(DATE + "[Tt]" + TIME_OF_DAY, "it lacks its offset from UTC, such as Z"),
        OFFSET_WITHOUT_COLON(DATE + "[Tt]" + TIME_OF_DAY + "[+-]\\d{4}", "its offset from UTC lacks its colon"),
        SPACED(DATE + " +" + TIME_OF_DAY + ".*", "a T must stand between the date and the time of day"),
        DATE_ALONE(DATE, "it lacks the time of day"),
        OF_HTTP("[A-Z][a-z]{2}, \\d.*", "it looks like a date of HTTP or mail");

        private final Pattern pattern;
        private final String fault;

        OtherForm(String pattern, String fault) {
            this.pattern = Pattern.compile(pattern);
            this.fault = fault;
        }
    }
}
