package dev.linkedrole.reconcile.resync;

import dev.linkedrole.iam.AccountAccess;
import dev.linkedrole.iam.AccountInventory;
import dev.linkedrole.iam.InventoryPage;
import dev.linkedrole.iam.aws.AwsPolicyDocuments;
import dev.linkedrole.iam.aws.AwsRoleGateway;
import dev.linkedrole.iammodel.IamModel;
import dev.linkedrole.iammodel.IamModelClient;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.OneAccount;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Inventory with any number of pages, which are empty except for the first. */
final class PagedInventory implements AccountInventory {

    final List<Optional<String>> read = new ArrayList<>();
    final List<ActualRole.Present> roles = new ArrayList<>();
    final Map<String, String> policies = new HashMap<>();
    final Map<RoleName, String> descriptions = new HashMap<>();
    final List<RoleName> described = new ArrayList<>();
    int pages = 1;
    Optional<RuntimeException> failure = Optional.empty();

    /** Returns the account, for the instances of all accounts. */
    OneAccount account() {
        AccountAccess access = withoutInventory();
        return new OneAccount(new AccountAccess(access.roles(), access.policies(), Optional.of(this)));
    }

    /** Returns the same account without an inventory. */
    AccountAccess withoutInventory() {
        IamModelClient iam = IamModelClient.administrator(IamModel.prompt(Instance.ACCOUNT));
        Retry retry = Retry.inRealTime();
        return new AccountAccess(new AwsRoleGateway(iam, retry), new AwsPolicyDocuments(iam, retry));
    }

    @Override
    public Uni<InventoryPage> page(Optional<String> from) {
        read.add(from);
        if (failure.isPresent()) {
            return Uni.createFrom().failure(failure.get());
        }
        int number = from.map(Integer::parseInt).orElse(1);
        Optional<String> next = number < pages ? Optional.of(Integer.toString(number + 1)) : Optional.empty();
        return Uni.createFrom()
                .item(
                        number == 1
                                ? new InventoryPage(roles, policies, next)
                                : new InventoryPage(List.of(), Map.of(), next));
    }

    @Override
    public Uni<Optional<String>> description(RoleName name) {
        described.add(name);
        return Uni.createFrom().item(Optional.ofNullable(descriptions.get(name)));
    }
}
