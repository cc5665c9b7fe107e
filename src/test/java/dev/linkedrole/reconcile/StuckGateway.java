package dev.linkedrole.reconcile;

import dev.linkedrole.iam.ForwardingGateway;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.plan.Step;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Gateway to IAM on which the first step of one kind waits until it is released. */
public final class StuckGateway extends ForwardingGateway {

    private static final long TIMEOUT_SECONDS = 60;

    private final Class<? extends Step> kind;
    private final AtomicBoolean held = new AtomicBoolean();
    private final CompletableFuture<Step> stuck = new CompletableFuture<>();
    private final CompletableFuture<Boolean> letGo = new CompletableFuture<>();

    public StuckGateway(RoleGateway gateway, Class<? extends Step> kind) {
        super(gateway);
        this.kind = kind;
    }

    /** Waits until a step is waiting. */
    public void awaitStuck() throws Exception {
        stuck.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Lets the waiting step, and all that follow it, reach IAM. */
    public void letGo() {
        letGo.complete(true);
    }

    @Override
    public Uni<Optional<String>> carryOut(RoleName name, Step step) {
        if (kind.isInstance(step) && held.compareAndSet(false, true)) {
            stuck.complete(step);
            return Uni.createFrom().completionStage(letGo).chain(() -> super.carryOut(name, step));
        }
        return super.carryOut(name, step);
    }
}
