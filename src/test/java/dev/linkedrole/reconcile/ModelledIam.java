package dev.linkedrole.reconcile;

import static dev.linkedrole.testing.time.TestTimeout.await;

import dev.linkedrole.iam.AccountAccess;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.iam.aws.AwsPolicyDocuments;
import dev.linkedrole.iam.aws.AwsRoleGateway;
import dev.linkedrole.iammodel.IamModel;
import dev.linkedrole.iammodel.IamModelClient;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Replica;
import dev.linkedrole.testing.iam.OneAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Model of an IAM that protects service-linked roles and deletes them slowly, as AWS does, with a clock that a test can
 * advance.
 */
public final class ModelledIam implements IamModelClient.Gate {

    private final Queue<String> calls = new ConcurrentLinkedQueue<>();
    private final IamModel model;
    private final IamModelClient client;
    private final RoleGateway gateway;
    private volatile Duration ahead = Duration.ZERO;

    /**
     * @param lag maximum age of what a call reads
     * @param deletionTakes duration of the deletion of a service-linked role
     */
    public ModelledIam(Duration lag, Duration deletionTakes) {
        this.model = new IamModel(Instance.ACCOUNT, () -> Instant.now().plus(ahead), () -> lag, deletionTakes);
        this.client = IamModelClient.limited(model, this, Map.of());
        this.gateway = new AwsRoleGateway(client, Retry.inRealTime());
    }

    /** Creates an IAM that deletes service-linked roles in this time. */
    public static ModelledIam deletingIn(Duration time) {
        return new ModelledIam(Duration.ZERO, time);
    }

    @Override
    public <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
        calls.add(operation);
        return IamModelClient.atOnce(operation, effect);
    }

    public RoleGateway gateway() {
        return gateway;
    }

    /** Creates a replica that makes service-linked roles here. */
    public Replica replica(Ledger ledger) {
        return replica(ledger, gateway);
    }

    /** Creates a replica with a gateway of its own to its roles. */
    public Replica replica(Ledger ledger, RoleGateway way) {
        return Replica.serviceLinked(
                ledger, new OneAccount(new AccountAccess(way, new AwsPolicyDocuments(client, Retry.inRealTime()))));
    }

    /** Returns the calls since the last time, in their order. */
    public List<String> take() {
        List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    /** Advances the clock. */
    public void pass(Duration time) {
        ahead = ahead.plus(time);
    }

    /** Makes the service use a role, so that it cannot be deleted. */
    public void use(RoleName role, String by) {
        model.use(role.value(), Optional.of(by));
    }

    /** Ends the service's use of a role. */
    public void letGo(RoleName role) {
        model.use(role.value(), Optional.empty());
    }

    /** Makes the service itself delete a role. */
    public void remove(RoleName role) {
        await(gateway.beginDeletion(role));
        calls.clear();
    }

    public Optional<ActualRole.Present> find(RoleName role) {
        ActualRole found =
                await(new AwsRoleGateway(IamModelClient.administrator(model), Retry.inRealTime()).read(role));
        return found instanceof ActualRole.Present present ? Optional.of(present) : Optional.empty();
    }

    /** Returns the role, which has to exist. */
    public ActualRole.Present get(RoleName role) {
        return find(role).orElseThrow(() -> new AssertionError("IAM has no role " + role));
    }
}
