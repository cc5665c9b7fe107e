package dev.linkedrole.reconcile.rebuild;

import java.util.List;
import java.util.Optional;

/**
 * Result of rebuilding from a page of an account's roles.
 *
 * @param roles roles of the page that bear our tags, in the order of their instances' ids
 * @param next marker of the next page; empty after the last one
 */
public record RebuildPage(List<RebuiltRole> roles, Optional<String> next) {

    public RebuildPage {
        roles = List.copyOf(roles);
    }
}
