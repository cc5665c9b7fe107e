package dev.linkedrole.simulation.world;

import dev.linkedrole.simulation.races.CallSites;
import java.time.Duration;
import java.time.InstantSource;

/** A process that makes calls until it dies. Calls begun and not sent die with it. */
public final class CrashingProcess {

    private static final int MAX_SHOWN = 8;

    /** Distance of its own time from the time of day, so that neither is mistaken for the other. */
    private static final Duration AWAY = Duration.ofDays(10_000);

    private final String name;
    private final InstantSource clock;
    private final InstantSource steady;
    private boolean alive = true;
    private boolean sited;
    private String doing = "";

    /**
     * @param skew how much its clock is ahead
     */
    public CrashingProcess(String name, InstantSource time, Duration skew) {
        this(name, time, () -> time.instant().plus(skew));
    }

    /**
     * @param clock what it takes for the time of day
     */
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

    /** Its own time, shared with no other process. */
    public InstantSource steady() {
        return steady;
    }

    /** The purpose of its present calls: a name for the trace. */
    String doing() {
        return doing;
    }

    /** From now on it is told by where in the code it is, and no longer by what it does that for. */
    void tellSites() {
        sited = true;
    }

    /**
     * The text of the present call for the trace.
     *
     * @param subject what it is about
     */
    public String tell(String subject) {
        return sited ? CallSites.caller() : subject.substring(0, Math.min(subject.length(), MAX_SHOWN));
    }

    /** Sets the purpose of the calls that follow. */
    public void turnTo(String purpose) {
        doing = purpose;
    }

    /** Does something for a purpose. What comes of it later is for the same purpose. */
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
