package dev.linkedrole.reconcile;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.retry.Backoff;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.Plan;
import dev.linkedrole.role.RoleName;
import dev.linkedrole.role.Step;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Carries out a plan, one step after the other. */
final class Steps {

    /** How long a role or a policy that was just made may take to be seen by the call that follows. */
    static final int VISIBILITY_ATTEMPTS = 6;

    static final Backoff UNTIL_VISIBLE = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(4));

    private final RoleGateway gateway;
    private final Retry retry;

    Steps(RoleGateway gateway, Retry retry) {
        this.gateway = gateway;
        this.retry = retry;
    }

    /**
     * Does all of a plan's steps.
     *
     * @return the role's ARN, if one of the steps made the role
     */
    Uni<Optional<String>> carryOut(RoleName name, Plan plan) {
        return carryOut(name, plan, false);
    }

    /** The same for a role that may have been made a moment ago. */
    Uni<Optional<String>> carryOut(RoleName name, Plan plan, boolean roleIsNew) {
        List<Step> steps = plan.steps();
        boolean policyIsNew = steps.stream().anyMatch(Step.CreatePolicy.class::isInstance);
        return Multi.createFrom()
                .iterable(steps)
                .onItem()
                .transformToUniAndConcatenate(step -> roleIsNew || (policyIsNew && step instanceof Step.AttachPolicy)
                        ? onNew(name, step)
                        : gateway.carryOut(name, step))
                .collect()
                .asList()
                .map(arns -> arns.stream().flatMap(Optional::stream).findFirst());
    }

    private Uni<Optional<String>> onNew(RoleName name, Step step) {
        return retry.upTo(
                VISIBILITY_ATTEMPTS,
                UNTIL_VISIBLE,
                failure -> IamCallException.is(failure, Kind.NOT_FOUND),
                () -> gateway.carryOut(name, step));
    }
}
