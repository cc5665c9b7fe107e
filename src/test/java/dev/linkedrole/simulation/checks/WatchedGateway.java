package dev.linkedrole.simulation.checks;

import dev.linkedrole.iam.ForwardingGateway;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.iam.ServiceLinkedDeletion;
import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.ManagedPolicy;
import dev.linkedrole.simulation.world.CrashingProcess;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Gateway that checks that no process creates the role of an instance that it knows to be deleted, and adds the role of
 * each call to the trace.
 */
public final class WatchedGateway extends ForwardingGateway {

    private final CrashingProcess process;
    private final Predicate<RoleName> deleted;
    private final Consumer<RoleName> writing;
    private final Consumer<String> violated;

    /** @param writing called with a role before each write to it */
    public WatchedGateway(
            RoleGateway gateway,
            CrashingProcess process,
            Predicate<RoleName> deleted,
            Consumer<RoleName> writing,
            Consumer<String> violated) {
        super(gateway);
        this.process = process;
        this.deleted = deleted;
        this.writing = writing;
        this.violated = violated;
    }

    @Override
    public Uni<Optional<String>> carryOut(RoleName name, Step step) {
        return about(name, () -> {
            writing.accept(name);
            if (step instanceof Step.CreateRole && deleted.test(name)) {
                violated.accept("the role " + name + " is made by somebody who knows that its instance is deleted");
            }
            return super.carryOut(name, step);
        });
    }

    @Override
    public Uni<ActualRole> read(RoleName name) {
        return about(name, () -> super.read(name));
    }

    @Override
    public Uni<Optional<Map<String, String>>> tags(RoleName name) {
        return about(name, () -> super.tags(name));
    }

    @Override
    public Uni<RoleFingerprint> obstacles(RoleName name) {
        return about(name, () -> super.obstacles(name));
    }

    @Override
    public Uni<Optional<String>> find(RoleName likely, String path, String suffix) {
        return about(likely, () -> super.find(likely, path, suffix));
    }

    @Override
    public Uni<Optional<String>> beginDeletion(RoleName name) {
        return about(name, () -> {
            writing.accept(name);
            return super.beginDeletion(name);
        });
    }

    @Override
    public Uni<Optional<ManagedPolicy>> policy(String policyArn) {
        return about(digits(policyArn), () -> super.policy(policyArn));
    }

    @Override
    public Uni<ServiceLinkedDeletion> deletion(String task) {
        return about(digits(task), () -> super.deletion(task));
    }

    private <T> Uni<T> about(RoleName name, Supplier<Uni<T>> call) {
        return about(digits(name.value()), call);
    }

    private <T> Uni<T> about(String subject, Supplier<Uni<T>> call) {
        String purpose = process.tell(subject);
        return Uni.createFrom().deferred(() -> {
            process.setPurpose(purpose);
            return call.get();
        });
    }

    /** Returns the part after the prefix of a role's name, in any text that contains the name. */
    private static String digits(String text) {
        return text.substring(text.lastIndexOf('_') + 1);
    }
}
