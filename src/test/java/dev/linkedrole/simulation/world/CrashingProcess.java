package dev.linkedrole.simulation.world;

import dev.linkedrole.simulation.races.CallSites;
import java.time.Duration;
import java.time.InstantSource;

/** A process that makes calls until it dies. Calls that it has not sent yet die with it. */
public final class CrashingProcess {

    private static final int MAX_SHOWN = 8;

    /** Distance of its monotonic time from the time of day, so that one cannot be confused with the other. */
    private static final Duration AWAY = Duration.ofDays(10_000);

    private final String name;
    private final InstantSource clock;
    private final InstantSource steady;
    private boolean alive = true;
    private boolean sited;
    private String doing = "";
    private String gated = "";

    /** @param skew time by which its clock is ahead */
    public CrashingProcess(String name, InstantSource time, Duration skew) {
        this(name, time, () -> time.instant().plus(skew));
    }

    /** @param clock its clock */
    public CrashingProcess(String name, InstantSource time, InstantSource clock) {
        this.name = name;
        this.clock = clock;
        this.steady = () -> time.instant().minus(AWAY);
    }

    boolean lives() {
        return alive;
    }

    void die() {
        alive = false;
    }

    public InstantSource clock() {
        return clock;
    }

    /** Returns its monotonic time, which no other process shares. */
    public InstantSource steady() {
        return steady;
    }

    /** The purpose of its present calls: a name for the trace. */
    String doing() {
        return doing;
    }

    /** Names its calls in the trace by their call sites from now on, instead of their purposes. */
    void nameCallSites() {
        sited = true;
    }

    /**
     * Returns the text of the present call for the trace.
     *
     * @param subject subject of the call
     */
    public String tell(String subject) {
        return sited ? CallSites.caller(gated) : subject.substring(0, Math.min(subject.length(), MAX_SHOWN));
    }

    /** Notes the call site of a write that the gate is asked about. */
    public void askGate() {
        gated = sited ? CallSites.caller() : "";
    }

    /** Sets the purpose of the calls that follow. */
    public void setPurpose(String purpose) {
        doing = purpose;
    }

    /** Runs work for a purpose, which later consequences of the work have, too. */
    void during(String purpose, Runnable work) {
        String before = doing;
        doing = purpose;
        try {
            work.run();
        } finally {
            doing = before;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
