package dev.linkedrole.testing.time;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/** Waits for what takes its time. */
public final class TestTimeout {

    /** How long anything may take before it counts as never happening. */
    public static final Duration LONGEST = Duration.ofMinutes(2);

    private TestTimeout() {}

    /** What comes of it. */
    public static <T> T await(Uni<T> uni) {
        return uni.await().atMost(LONGEST);
    }

    /** All that comes of it. */
    public static <T> List<T> await(Multi<T> multi) {
        return await(multi.collect().asList());
    }
}
