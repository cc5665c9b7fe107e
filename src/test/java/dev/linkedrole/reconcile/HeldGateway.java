package dev.linkedrole.reconcile;

import dev.linkedrole.iam.Deletion;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.role.ActualRole;
import dev.linkedrole.role.Footprint;
import dev.linkedrole.role.ManagedPolicy;
import dev.linkedrole.role.RoleName;
import dev.linkedrole.role.Step;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A way to IAM on which the first step of one kind is stuck until it is let go. */
final class HeldGateway implements RoleGateway {

    private static final long PATIENCE_SECONDS = 60;

    private final RoleGateway gateway;
    private final Class<? extends Step> kind;
    private final AtomicBoolean held = new AtomicBoolean();
    private final CompletableFuture<Step> stuck = new CompletableFuture<>();
    private final CompletableFuture<Boolean> letGo = new CompletableFuture<>();

    HeldGateway(RoleGateway gateway, Class<? extends Step> kind) {
        this.gateway = gateway;
        this.kind = kind;
    }

    /** Waits until a step is stuck. */
    void awaitStuck() throws Exception {
        stuck.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Lets the stuck step, and all that follow it, reach IAM. */
    void letGo() {
        letGo.complete(true);
    }

    @Override
    public Uni<Optional<String>> carryOut(RoleName name, Step step) {
        if (kind.isInstance(step) && held.compareAndSet(false, true)) {
            stuck.complete(step);
            return Uni.createFrom().completionStage(letGo).chain(() -> gateway.carryOut(name, step));
        }
        return gateway.carryOut(name, step);
    }

    @Override
    public Uni<ActualRole> read(RoleName name) {
        return gateway.read(name);
    }

    @Override
    public Uni<Optional<Map<String, String>>> tags(RoleName name) {
        return gateway.tags(name);
    }

    @Override
    public Uni<Optional<ManagedPolicy>> policy(String policyArn) {
        return gateway.policy(policyArn);
    }

    @Override
    public Uni<Footprint> obstacles(RoleName name) {
        return gateway.obstacles(name);
    }

    @Override
    public Uni<Optional<String>> find(RoleName likely, String path, String suffix) {
        return gateway.find(likely, path, suffix);
    }

    @Override
    public Uni<Optional<String>> beginDeletion(RoleName name) {
        return gateway.beginDeletion(name);
    }

    @Override
    public Uni<Deletion> deletion(String task) {
        return gateway.deletion(task);
    }
}
