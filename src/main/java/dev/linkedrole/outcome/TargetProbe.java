package dev.linkedrole.outcome;

import io.smallrye.mutiny.Uni;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probe for the existence of the target, so that a misspelt one is reported before the first outcome. It runs until the
 * target was found; later failures show when publishing.
 */
final class TargetProbe {

    private static final Logger LOG = LoggerFactory.getLogger(TargetProbe.class);

    private final OutcomePublisher publisher;
    private final String target;
    private volatile boolean known;
    private volatile boolean missing;

    /** @param target the target as it is configured */
    TargetProbe(OutcomePublisher publisher, String target) {
        this.publisher = publisher;
        this.target = target;
    }

    /** Looks up the target, unless it was found before. Never fails. */
    Uni<Void> look() {
        return Uni.createFrom()
                .deferred(() -> known
                        ? Uni.createFrom().voidItem()
                        : publisher
                                .exists()
                                .invoke(this::found)
                                .onFailure()
                                .invoke(failure -> LOG.atDebug()
                                        .setCause(failure)
                                        .log("The target of outcomes could not be looked up"))
                                .onFailure()
                                .recoverWithNull()
                                .replaceWithVoid());
    }

    private void found(boolean there) {
        if (!there && !missing) {
            LOG.warn("linked-role.outcomes.target {} does not exist; outcomes wait until it does", target);
        }
        if (there && missing) {
            LOG.info("linked-role.outcomes.target {} is there now", target);
        }
        known = there;
        missing = !there;
    }

    /** True if the target is known not to exist. */
    boolean isMissing() {
        return missing;
    }
}
