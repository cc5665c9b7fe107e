package dev.linkedrole.config;

import io.quarkus.runtime.configuration.DurationConverter;
import java.io.Serial;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/** Converter of a period that can be switched off: {@code off} is read as zero, all else as a duration. */
public final class OffOrDuration implements Converter<Duration> {

    static final String OFF = "off";

    @Serial
    private static final long serialVersionUID = 1L;

    /** @throws IllegalArgumentException if the value is neither {@code off} nor a duration */
    @Override
    public @Nullable Duration convert(String value) {
        return OFF.equalsIgnoreCase(value.strip()) ? Duration.ZERO : DurationConverter.parseDuration(value);
    }
}
