package dev.linkedrole.testing.time;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/** Waits for asynchronous results with a common timeout. */
public final class TestTimeout {

    /** Maximum time to wait for any result. */
    public static final Duration LONGEST = Duration.ofMinutes(2);

    private TestTimeout() {}

    /** Waits for the result of a {@code Uni}. */
    public static <T> T await(Uni<T> uni) {
        return uni.await().atMost(LONGEST);
    }

    /** Waits for all items of a {@code Multi}. */
    public static <T> List<T> await(Multi<T> multi) {
        return await(multi.collect().asList());
    }
}
