package dev.linkedrole.reconcile;

import dev.linkedrole.iam.AccountAccess;
import dev.linkedrole.iam.Accounts;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.apply.AttachedPolicy;
import dev.linkedrole.reconcile.apply.DesiredRoles;
import dev.linkedrole.reconcile.apply.IamFailedException;
import dev.linkedrole.role.identity.RoleIdentity;
import dev.linkedrole.role.packing.Placement;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.ManagedPolicy;
import dev.linkedrole.role.state.ObservedRole;
import dev.linkedrole.role.state.PolicyArns;
import dev.linkedrole.role.state.PolicyCompiler;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads roles in IAM without changing them. */
public final class Inspector {

    private final Supplier<PolicyCompiler> compilers;
    private final Accounts accounts;

    public Inspector(Supplier<PolicyCompiler> compilers, Accounts accounts) {
        this.compilers = compilers;
        this.accounts = accounts;
    }

    /** Returns the desired role, under its recorded name. */
    public DesiredRole desired(RoleRecord record) {
        return DesiredRoles.compile(compilers.get(), record);
    }

    /** Returns the identity with which the role is created and recognised. */
    public RoleIdentity identity(RoleRecord record) {
        return DesiredRoles.identity(compilers.get(), record);
    }

    /** Returns the identity that the role would get if it were created now. */
    public RoleIdentity identityBySettings(RoleRecord record) {
        return compilers.get().identityOf(record.role());
    }

    /**
     * Reads the role with all its policies: at least three calls to IAM, one more for each inline policy and three for
     * each managed one.
     *
     * @return fails with {@link IamFailedException} if a call to IAM fails
     */
    public Uni<Inspection> inspect(RoleRecord record) {
        DesiredRole desired = desired(record);
        return accounts.in(record.role().instance(), account -> inspect(record, desired, account))
                .onFailure()
                .transform(IamFailedException::of);
    }

    private static Uni<Inspection> inspect(RoleRecord record, DesiredRole desired, AccountAccess account) {
        return account.roles()
                .read(desired.name())
                .flatMap(actual ->
                        attached(account, actual).map(attached -> inspection(record, desired, actual, attached)));
    }

    private static Inspection inspection(
            RoleRecord record, DesiredRole desired, ActualRole actual, SortedMap<String, AttachedPolicy> attached) {
        if (!(actual instanceof ActualRole.Present role) || !(desired instanceof DesiredRole.Present present)) {
            return new Inspection(desired, actual, attached);
        }
        PolicyArns arns = PolicyArns.of(role.arn(), present.path(), present.name());
        SortedMap<PolicySlot, ManagedPolicy> managed = new TreeMap<>();
        attached.forEach((arn, policy) -> arns.slotOf(arn).ifPresent(slot -> managed.put(slot, policy.policy())));
        Placement found = new ObservedRole(role, arns, managed).placement();
        return new Inspection(present.placed(found.orElse(record.placement())), actual, attached);
    }

    private static Uni<SortedMap<String, AttachedPolicy>> attached(AccountAccess account, ActualRole actual) {
        if (!(actual instanceof ActualRole.Present present)) {
            return Uni.createFrom().item(new TreeMap<>());
        }
        return Multi.createFrom()
                .iterable(present.attachedPolicies())
                .onItem()
                .transformToUniAndConcatenate(arn ->
                        attached(account, arn).map(found -> found.map(policy -> Map.entry(arn, policy))))
                .flatMap(found -> Multi.createFrom().optional(found))
                .collect()
                .asMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(TreeMap::new);
    }

    private static Uni<Optional<AttachedPolicy>> attached(AccountAccess account, String arn) {
        return account.policies()
                .policy(arn)
                .flatMap(found -> account.policies()
                        .versions(arn)
                        .map(versions -> found.map(policy -> new AttachedPolicy(policy, versions))));
    }
}
