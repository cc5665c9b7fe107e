package dev.linkedrole.iammodel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The changes of roles and policies that are under way. While one is, IAM lets in no other one of the same thing.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html#API_TagRole_Errors">ConcurrentModification</a>
 */
final class IamChanges {

    private final InstantSource clock;
    private final Supplier<Duration> take;
    private final Map<String, Instant> until = new HashMap<>();

    /** @param take how long the next one takes */
    IamChanges(InstantSource clock, Supplier<Duration> take) {
        this.clock = clock;
        this.take = take;
    }

    /** @param thing what names a role or a policy */
    synchronized void begin(String thing) {
        Instant now = clock.instant();
        if (now.isBefore(until.getOrDefault(thing, Instant.MIN))) {
            throw IamFaults.concurrentModification(thing);
        }
        until.put(thing, now.plus(take.get()));
    }
}
