package dev.linkedrole.connect.walk;

import dev.linkedrole.connect.ConnectLocation;

/** End of a walk for a reason that is no failure: it goes on later, or on another replica. */
public final class WalkEndedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The reason of the end. */
    public enum Reason {
        /** Another replica, or other work of this one, reads the location. */
        LEASE_TAKEN("is being read already"),
        /** Another replica may have taken the lease meanwhile. */
        LEASE_LOST("is being read by another replica, or the lease on it could not be kept"),
        /** This process is stopping. */
        STOPPING("is left to another replica, since this one is stopping");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    private final Reason reason;

    WalkEndedException(ConnectLocation location, Reason reason) {
        super(location + " " + reason.words, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
