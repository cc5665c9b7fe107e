package dev.linkedrole.simulation.world;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** The random decisions of a run, derived from one seed. */
public final class Randomness {

    private final SplittableRandom random;

    Randomness(long seed) {
        // This generator counts up by a constant, so the sequences of unmixed seeds could overlap.
        this.random = new SplittableRandom(mixed(seed));
    }

    private static long mixed(long seed) {
        long mixed = (seed ^ (seed >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    /** Returns a number from 0 up to a bound, exclusive. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** Returns a number from 0 to 1. */
    public double next() {
        return random.nextDouble();
    }

    /** True with this probability. */
    public boolean hits(double likelihood) {
        return likelihood > 0 && random.nextDouble() < likelihood;
    }

    /** Returns a duration between two others. */
    public Duration between(Duration least, Duration most) {
        return Duration.ofNanos(random.nextLong(least.toNanos(), most.toNanos() + 1));
    }

    public <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Returns a number of hexadecimal digits. */
    String digits(int many) {
        StringBuilder digits = new StringBuilder(many);
        for (int i = 0; i < many; i++) {
            digits.append(Character.forDigit(random.nextInt(16), 16));
        }
        return digits.toString();
    }

    /** Returns a probability, which is zero in half of all cases, so that each fault also occurs alone. */
    public double upTo(double most) {
        return random.nextBoolean() ? 0 : random.nextDouble() * most;
    }
}
