package dev.linkedrole.reconcile;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.RoleGateway;
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

    /** How long a role that was just made may take to be seen by the call that follows. */
    private static final int VISIBILITY_ATTEMPTS = 5;

    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final RoleGateway gateway;

    Steps(RoleGateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Does all of a plan's steps.
     *
     * @return the role's ARN, if one of the steps made the role
     */
    Uni<Optional<String>> carryOut(RoleName name, Plan plan) {
        List<Step> steps = plan.steps();
        boolean roleIsNew = steps.stream().anyMatch(Step.CreateRole.class::isInstance);
        return Multi.createFrom()
                .iterable(steps)
                .onItem()
                .transformToUniAndConcatenate(step -> roleIsNew ? onNewRole(name, step) : gateway.carryOut(name, step))
                .collect()
                .asList()
                .map(arns -> arns.stream().flatMap(Optional::stream).findFirst());
    }

    private Uni<Optional<String>> onNewRole(RoleName name, Step step) {
        return gateway.carryOut(name, step)
                .onFailure(failure -> IamCallException.is(failure, Kind.NOT_FOUND))
                .retry()
                .withBackOff(FIRST_WAIT, LONGEST_WAIT)
                .withJitter(0.5)
                .atMost(VISIBILITY_ATTEMPTS);
    }
}
