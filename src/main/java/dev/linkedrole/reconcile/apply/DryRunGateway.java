package dev.linkedrole.reconcile.apply;

import dev.linkedrole.iam.ForwardingGateway;
import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.iam.ServiceLinkedDeletion;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.role.policy.PolicyDocument;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.ManagedPolicy;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gateway that reads IAM and writes nothing: it answers each write as IAM does when the write succeeds. It keeps what
 * it reads of one role, so that grants can be compared.
 */
public final class DryRunGateway extends ForwardingGateway {

    private static final String TASK = "dry-run";

    private final RoleGateway roles;
    private final InstanceArn instance;
    private final Map<String, ManagedPolicy> policies = new ConcurrentHashMap<>();
    private volatile Optional<ActualRole.Present> role = Optional.empty();

    /** @param instance the instance whose role is looked at */
    public DryRunGateway(RoleGateway roles, InstanceArn instance) {
        super(roles);
        this.roles = roles;
        this.instance = instance;
    }

    /** Returns the role's grants as IAM has them: one line for each statement and resource; none if it was not read. */
    public SortedSet<String> grants() {
        SortedSet<String> lines = new TreeSet<>();
        role.ifPresent(present -> {
            lines.addAll(PolicyDocument.lines(present.inlinePolicies().values()));
            present.attachedPolicies().forEach(arn -> {
                ManagedPolicy policy = policies.get(arn);
                lines.addAll(policy == null ? List.of(arn) : PolicyDocument.lines(policy.document()));
            });
        });
        return lines;
    }

    @Override
    public Uni<ActualRole> read(RoleName name) {
        return super.read(name)
                .invoke(actual ->
                        role = actual instanceof ActualRole.Present present ? Optional.of(present) : Optional.empty());
    }

    @Override
    public Uni<Optional<ManagedPolicy>> policy(String policyArn) {
        return super.policy(policyArn).invoke(found -> found.ifPresent(policy -> policies.put(policyArn, policy)));
    }

    @Override
    public Uni<Optional<String>> carryOut(RoleName name, Step step) {
        return step instanceof Step.CreateRole(DesiredRole.Present created, var recordedAt)
                ? create(created)
                : Uni.createFrom().item(Optional.empty());
    }

    /** Answers the creation of a role. That of a service-linked role is tried without a look at IAM before. */
    private Uni<Optional<String>> create(DesiredRole.Present created) {
        String arn = "arn:" + instance.partition() + ":iam::" + instance.account() + ":role" + created.path()
                + created.name();
        if (!created.serviceLinked()) {
            return Uni.createFrom().item(Optional.of(arn));
        }
        return roles.find(created.name(), created.path(), created.name().digits())
                .map(found -> {
                    if (found.isPresent()) {
                        throw new IamCallException(
                                IamCallException.Kind.ALREADY_EXISTS, found.get() + " exists already");
                    }
                    return Optional.of(arn);
                });
    }

    @Override
    public Uni<Optional<String>> beginDeletion(RoleName name) {
        return Uni.createFrom().item(Optional.of(TASK));
    }

    @Override
    public Uni<ServiceLinkedDeletion> deletion(String task) {
        return Uni.createFrom().item(new ServiceLinkedDeletion.Done());
    }
}
