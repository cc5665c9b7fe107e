package dev.linkedrole.reconcile.resync;

import dev.linkedrole.iam.AccountInventory;
import dev.linkedrole.iam.Accounts;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.state.ActualRole;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Scan of all roles and policies of an account, a page at a time, for roles of ours that differ from their expected
 * look. The records were read before the pages: so a role that looks right was right at that time, and whoever records
 * a later change also applies it. A role that looks wrong may have been repaired, or recorded again, in the meantime;
 * so it is then read by itself.
 */
final class AccountScan {

    private final Accounts accounts;
    private final List<ResyncCheck.Glance> roles;
    private final Map<String, ResyncCheck.Glance> unseen = new HashMap<>();
    private final Map<String, ResyncCheck.Glance> unseenPolicies = new HashMap<>();
    private final Set<ResyncCheck.Glance> differing = new LinkedHashSet<>();
    private int pages;

    /** @param roles the roles to look for, at least one, all in one account */
    AccountScan(Accounts accounts, List<ResyncCheck.Glance> roles) {
        this.accounts = accounts;
        this.roles = roles;
        roles.forEach(role -> {
            unseen.put(role.name().value(), role);
            role.expectation().policies().keySet().forEach(arn -> unseenPolicies.put(arn, role));
        });
    }

    /**
     * The result of a scan.
     *
     * @param differing roles that do not look as expected
     * @param unknown roles that the scan did not reach; none if it was complete
     * @param unchanged number of roles that look as expected
     * @param pages number of pages, or of those read before the scan was abandoned
     * @param failure the failure that ended the scan early, if any
     */
    record ScanResult(
            List<InstanceArn> differing,
            List<InstanceArn> unknown,
            long unchanged,
            int pages,
            Optional<Throwable> failure) {}

    /** Returns the number of calls that would read the roles one by one. */
    static long callsOneByOne(List<ResyncCheck.Glance> roles) {
        return roles.stream().mapToLong(ResyncCheck.Glance::calls).sum();
    }

    /**
     * Reads all pages, but no more than the calls that would read the roles one by one, since an account may have many
     * roles that are not ours.
     *
     * @return never fails
     */
    Uni<ScanResult> run() {
        return read(Optional.empty())
                .flatMap(
                        complete -> complete ? descriptions().replaceWith(this::complete) : abandoned(Optional.empty()))
                .onFailure()
                .recoverWithUni(failure -> abandoned(Optional.of(failure)));
    }

    /** @return true if all pages were read */
    private Uni<Boolean> read(Optional<String> from) {
        return inAccount(inventory -> inventory.page(from)).flatMap(page -> {
            pages++;
            page.roles().forEach(this::see);
            page.policies().forEach(this::see);
            if (page.next().isEmpty()) {
                return Uni.createFrom().item(true);
            }
            return pages < callsOneByOne(roles)
                    ? read(page.next())
                    : Uni.createFrom().item(false);
        });
    }

    private <T> Uni<T> inAccount(Function<AccountInventory, Uni<T>> work) {
        return accounts.inAccountOf(
                roles.getFirst().instance(),
                account -> account.inventory()
                        .map(work)
                        .orElseGet(() -> Uni.createFrom().failure(new NoInventoryException())));
    }

    private void see(ActualRole.Present role) {
        ResyncCheck.Glance known = unseen.remove(role.arn().substring(role.arn().lastIndexOf('/') + 1));
        if (known != null && !known.expectation().isMetBy(role)) {
            differing.add(known);
        }
    }

    private void see(String policyArn, String document) {
        ResyncCheck.Glance known = unseenPolicies.remove(policyArn);
        if (known != null && !known.expectation().isMetBy(policyArn, document)) {
            differing.add(known);
        }
    }

    /** Returns the result of a complete scan: a role that was not seen does not exist. */
    private ScanResult complete() {
        unseen.values().stream().filter(role -> role.expectation().ofRole()).forEach(differing::add);
        unseenPolicies.forEach((arn, role) -> {
            if (role.expectation().ofPolicy(arn)) {
                differing.add(role);
            }
        });
        return new ScanResult(
                instances(differing), List.of(), roles.size() - differing.size(), pages, Optional.empty());
    }

    /** Returns the result of an abandoned scan: roles that were not seen are unknown. */
    private Uni<ScanResult> abandoned(Optional<Throwable> failure) {
        Set<ResyncCheck.Glance> unknown = new LinkedHashSet<>(unseen.values());
        unknown.addAll(unseenPolicies.values());
        roles.stream()
                .filter(role -> role.expectation().description().isPresent())
                .forEach(unknown::add);
        unknown.removeAll(differing);
        long unchanged = (long) roles.size() - differing.size() - unknown.size();
        return Uni.createFrom()
                .item(new ScanResult(instances(differing), instances(unknown), unchanged, pages, failure));
    }

    /** Reads descriptions, which pages leave out, of the roles whose description was set by an operator. */
    private Uni<Void> descriptions() {
        List<ResyncCheck.Glance> described = roles.stream()
                .filter(role -> role.expectation().description().isPresent() && !differing.contains(role))
                .toList();
        return Multi.createFrom()
                .iterable(described)
                .onItem()
                .transformToUniAndConcatenate(role -> inAccount(inventory -> inventory.description(role.name()))
                        .invoke(found -> {
                            if (!found.equals(role.expectation().description())) {
                                differing.add(role);
                            }
                        }))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static List<InstanceArn> instances(Set<ResyncCheck.Glance> roles) {
        return new ArrayList<>(roles).stream().map(ResyncCheck.Glance::instance).toList();
    }

    /** The roles of an account cannot be listed together. */
    static final class NoInventoryException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoInventoryException() {
            super("all roles of the account at once are not to be had", null, false, false);
        }
    }
}
