package dev.linkedrole.simulation;

import dev.linkedrole.simulation.world.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Trace of a run in lines; two runs have the same digest only if all lines are the same. */
public final class Trace {

    private final VirtualTime time;
    private final boolean kept;
    private final List<String> lines = new ArrayList<>();
    private long digest = 0xcbf29ce484222325L;

    /** @param kept true to keep the lines, and not only their number */
    public Trace(VirtualTime time, boolean kept) {
        this.time = time;
        this.kept = kept;
    }

    public void say(Object who, String what) {
        mix(time.passed().toNanos());
        mix(who.toString().hashCode());
        mix(what.hashCode());
        if (kept) {
            lines.add(
                    String.format(Locale.ROOT, "%11.3f  %-10s %s", time.passed().toMillis() / 1000.0, who, what));
        }
    }

    private void mix(long value) {
        digest = (digest ^ value) * 0x100000001b3L;
        digest ^= digest >>> 29;
    }

    public String digest() {
        return Long.toHexString(digest);
    }

    public List<String> lines() {
        return lines;
    }
}
