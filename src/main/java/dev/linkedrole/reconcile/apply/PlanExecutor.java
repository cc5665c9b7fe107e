package dev.linkedrole.reconcile.apply;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.retry.Backoff;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.plan.Plan;
import dev.linkedrole.role.plan.Step;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out a plan, one step after the other. Rejected steps, and the steps that need them, are left open; all others
 * are done. Only a transient failure ends the execution.
 */
final class PlanExecutor {

    /** Attempts until a role or a policy that was just made is visible to the call that follows. */
    static final int VISIBILITY_ATTEMPTS = 6;

    static final Backoff UNTIL_VISIBLE = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(4));

    private final RoleGateway gateway;
    private final Retry retry;

    PlanExecutor(RoleGateway gateway, Retry retry) {
        this.gateway = gateway;
        this.retry = retry;
    }

    /** Carries out the steps of a plan that IAM accepts. */
    Uni<PlanProgress> carryOut(RoleName name, Plan plan, RoleVisibility sight) {
        return Uni.createFrom().deferred(() -> {
            Run run = new Run(name, plan, sight);
            return Multi.createFrom()
                    .range(0, plan.steps().size())
                    .onItem()
                    .transformToUniAndConcatenate(run::go)
                    .collect()
                    .last()
                    .map(last -> run.progress());
        });
    }

    /** A plan that is being carried out. */
    private final class Run {

        private final RoleName name;
        private final Plan plan;
        private final RoleVisibility sight;
        private final boolean policyIsNew;
        private final Set<Integer> done = new HashSet<>();
        private final List<Step> doneSteps = new ArrayList<>();
        private final List<PlanProgress.Open> open = new ArrayList<>();
        private Optional<String> arn = Optional.empty();

        Run(RoleName name, Plan plan, RoleVisibility sight) {
            this.name = name;
            this.plan = plan;
            this.sight = sight;
            this.policyIsNew = plan.steps().stream().anyMatch(Step.CreatePolicy.class::isInstance);
        }

        PlanProgress progress() {
            return new PlanProgress(arn, doneSteps, open);
        }

        Uni<Boolean> go(int index) {
            Step step = plan.steps().get(index);
            if (!done.containsAll(plan.needs().get(index)) || (isProtected() && !PlanProgress.isForEverybody(step))) {
                open.add(new PlanProgress.Open(step, Optional.empty()));
                return Uni.createFrom().item(false);
            }
            return attempt(step)
                    .map(said -> {
                        arn = arn.or(() -> said);
                        done.add(index);
                        doneSteps.add(step);
                        return true;
                    })
                    .onFailure(failure -> sight.leavesOpen(step, failure))
                    .recoverWithItem(failure -> {
                        open.add(new PlanProgress.Open(step, Optional.of(failure)));
                        return false;
                    });
        }

        /**
         * True if IAM protects the role for its service. IAM protects all parts then, so they need not be tried one by
         * one.
         */
        private boolean isProtected() {
            return open.stream().anyMatch(PlanProgress.Open::isProtection);
        }

        private Uni<Optional<String>> attempt(Step step) {
            boolean mayNotBeSeen = sight.roleIsNew() || (policyIsNew && step instanceof Step.AttachPolicy);
            return mayNotBeSeen
                    ? retry.upTo(
                            VISIBILITY_ATTEMPTS,
                            UNTIL_VISIBLE,
                            failure -> IamCallException.is(failure, Kind.NOT_FOUND),
                            () -> gateway.carryOut(name, step))
                    : gateway.carryOut(name, step);
        }
    }
}
