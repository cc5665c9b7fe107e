package dev.linkedrole.reconcile;

import dev.linkedrole.iam.Accounts;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.apply.DesiredRoles;
import dev.linkedrole.reconcile.apply.DryRunGateway;
import dev.linkedrole.reconcile.apply.IamConditions;
import dev.linkedrole.reconcile.apply.ReconcileMode;
import dev.linkedrole.reconcile.apply.RoleApplier;
import dev.linkedrole.reconcile.apply.RoleState;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.role.policy.PolicyDocument;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.PolicyCompiler;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Previews reconciliations: runs them against IAM with every write left out, so that a preview follows the same code as
 * the change itself.
 */
public final class RolePreviewer {

    private final Accounts accounts;
    private final Supplier<PolicyCompiler> compilers;
    private final RoleApplier applier;
    private final InstantSource clock;

    /** @param applier applier that records nothing */
    public RolePreviewer(
            Accounts accounts, Supplier<PolicyCompiler> compilers, RoleApplier applier, InstantSource clock) {
        this.accounts = accounts;
        this.compilers = compilers;
        this.applier = applier;
        this.clock = clock;
    }

    /**
     * Reads the role in IAM and returns the changes that a resync would make to it now. It costs the calls that read
     * the role.
     *
     * @return fails if IAM cannot be asked now
     */
    public Uni<RolePreview> preview(RoleRecord unidentified) {
        PolicyCompiler compiler = compilers.get();
        RoleRecord record = DesiredRoles.identified(compiler, unidentified);
        DesiredRole desired = DesiredRoles.compile(compiler, record);
        return accounts.in(record.role().instance(), account -> {
                    DryRunGateway dry =
                            new DryRunGateway(account.roles(), record.role().instance());
                    return applier.apply(record, desired, ReconcileMode.IAM, dry)
                            .map(state -> of(record, desired, state, dry.grants()));
                })
                .onFailure(failure -> IamConditions.isFinal(failure, applier.isShown(record)))
                .recoverWithItem(
                        failure -> blocked(record, desired, IamConditions.conditionOf(failure, clock.instant())));
    }

    private RolePreview of(RoleRecord record, DesiredRole desired, RoleState state, SortedSet<String> actual) {
        Optional<Condition> condition = state.conditions(clock.instant()).stream()
                .findFirst()
                .or(() ->
                        state.notOurs().map(why -> new Condition(Condition.Type.RoleNameTaken, why, clock.instant())));
        SortedSet<String> wanted = grants(desired);
        boolean stays = desired instanceof DesiredRole.Present;
        return new RolePreview(
                record.role().instance(),
                desired.name(),
                action(desired, state, condition),
                state.steps(),
                minus(wanted, actual),
                stays ? minus(actual, wanted) : List.of(),
                condition);
    }

    private static RolePreview.Action action(DesiredRole desired, RoleState state, Optional<Condition> condition) {
        if (condition.isPresent()) {
            return RolePreview.Action.BLOCKED;
        }
        if (state.steps().isEmpty()) {
            return RolePreview.Action.NONE;
        }
        return switch (desired) {
            case DesiredRole.Gone gone -> RolePreview.Action.DELETE;
            case DesiredRole.NotYet notYet -> RolePreview.Action.NONE;
            case DesiredRole.Present present ->
                state.steps().stream().anyMatch(RolePreviewer::creates)
                        ? RolePreview.Action.CREATE
                        : RolePreview.Action.CHANGE;
        };
    }

    private static boolean creates(Step step) {
        return step instanceof Step.CreateRole;
    }

    private static RolePreview blocked(RoleRecord record, DesiredRole desired, Condition condition) {
        return new RolePreview(
                record.role().instance(),
                desired.name(),
                RolePreview.Action.BLOCKED,
                List.of(),
                List.of(),
                List.of(),
                Optional.of(condition));
    }

    private static SortedSet<String> grants(DesiredRole desired) {
        return PolicyDocument.lines(
                desired instanceof DesiredRole.Present present
                        ? present.packing().documents().values()
                        : List.of());
    }

    private static List<String> minus(SortedSet<String> these, SortedSet<String> those) {
        SortedSet<String> rest = new TreeSet<>(these);
        rest.removeAll(those);
        return List.copyOf(rest);
    }
}
