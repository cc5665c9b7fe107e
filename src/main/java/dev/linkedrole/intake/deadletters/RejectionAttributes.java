package dev.linkedrole.intake.deadletters;

import java.util.Set;

/** Names of the message attributes that this service adds, and that senders cannot set. */
public final class RejectionAttributes {

    /** Code of the reason for which a message was rejected. */
    public static final String REASON = "rejection-reason";

    /** The reason in words. */
    public static final String DETAIL = "rejection-detail";

    /** Time of the rejection. */
    public static final String AT = "rejected-at";

    /**
     * Time of the redrive that sent the message again. It stays with the message if that is rejected again, which so
     * is not redriven twice by one redrive.
     */
    public static final String REDRIVEN_AT = "redriven-at";

    /** Attributes of a rejection, which a message loses when it is redriven. */
    public static final Set<String> OF_REJECTION = Set.of(REASON, DETAIL, AT);

    private RejectionAttributes() {}
}
