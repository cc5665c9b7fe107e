package dev.linkedrole.config;

import io.quarkus.runtime.configuration.DurationConverter;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that a duration is {@link Within} its bounds; the message names the bounds and the value. */
public final class WithinValidator implements ConstraintValidator<Within, Duration> {

    /** Durations from here on are shown in days; one day is shown as 24 hours, as it is configured. */
    private static final Duration TWO_DAYS = Duration.ofDays(2);

    private static final List<Unit> UNITS = List.of(
            new Unit(ChronoUnit.DAYS.getDuration(), "d"),
            new Unit(ChronoUnit.HOURS.getDuration(), "h"),
            new Unit(ChronoUnit.MINUTES.getDuration(), "m"),
            new Unit(ChronoUnit.SECONDS.getDuration(), "s"),
            new Unit(ChronoUnit.MILLIS.getDuration(), "ms"));

    private Duration least = Duration.ZERO;
    private Duration most = Duration.ZERO;
    private boolean wholeSeconds;

    private record Unit(Duration length, String name) {
        boolean divides(Duration duration) {
            boolean few = name.equals("d") && duration.abs().compareTo(TWO_DAYS) < 0;
            return !few && duration.equals(length.multipliedBy(duration.dividedBy(length)));
        }
    }

    @Override
    public void initialize(Within annotation) {
        least = DurationConverter.parseDuration(annotation.least());
        most = DurationConverter.parseDuration(annotation.most());
        wholeSeconds = annotation.wholeSeconds();
    }

    @Override
    public boolean isValid(@Nullable Duration value, ConstraintValidatorContext context) {
        if (value == null || isValid(value)) {
            return true;
        }
        context.disableDefaultConstraintViolation();
        context.buildConstraintViolationWithTemplate("must be " + (wholeSeconds ? "whole seconds " : "") + "from "
                        + text(least) + " to " + text(most) + ", not " + text(value))
                .addConstraintViolation();
        return false;
    }

    private boolean isValid(Duration value) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0 && (!wholeSeconds || value.toNanosPart() == 0);
    }

    /** Formats a duration as it would be configured, such as {@code 90s}. */
    static String text(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        return UNITS.stream()
                .filter(unit -> unit.divides(duration))
                .findFirst()
                .map(unit -> duration.dividedBy(unit.length()) + unit.name())
                .orElseGet(duration::toString);
    }
}
