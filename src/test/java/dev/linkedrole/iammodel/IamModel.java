package dev.linkedrole.iammodel;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The IAM of one account. It is asked through an {@link IamModelClient}, of which there may be several. */
public final class IamModel {

    final IamRoles roles;
    final IamPolicies policies;
    final IamServiceRoles serviceRoles;
    final IamDetails details;
    final IamRate rate;
    final IamChanges changes;
    private final IamStore store;
    private final Set<String> rejected = ConcurrentHashMap.newKeySet();

    /**
     * @param clock what time it is there
     * @param lag how far behind the next call may see what was written
     * @param deletionTakes how long the task takes that deletes a service-linked role
     * @param traffic how much it takes
     */
    public IamModel(
            String accountId, InstantSource clock, Supplier<Duration> lag, Duration deletionTakes, IamTraffic traffic) {
        this.rate = new IamRate(clock, traffic.perSecond());
        this.changes = new IamChanges(clock, traffic.changing());
        this.store = new IamStore(clock, lag);
        this.roles = new IamRoles(store, accountId);
        this.policies = new IamPolicies(store, roles, accountId);
        this.details = new IamDetails(store);
        this.serviceRoles = new IamServiceRoles(store, accountId, deletionTakes);
    }

    /** One that takes whatever comes. */
    public IamModel(String accountId, InstantSource clock, Supplier<Duration> lag, Duration deletionTakes) {
        this(accountId, clock, lag, deletionTakes, IamTraffic.ANY);
    }

    /** One that takes whatever comes, shows at once what was written, and deletes service-linked roles in no time. */
    public static IamModel prompt(String accountId) {
        return new IamModel(accountId, InstantSource.system(), () -> Duration.ZERO, Duration.ZERO);
    }

    /** Rejects all calls of an operation, but those of an administrator, from now on. */
    public void reject(String operation) {
        rejected.add(operation);
    }

    /** Rejects them no more. */
    public void allow(String operation) {
        rejected.remove(operation);
    }

    void requireAllowed(String operation) {
        if (rejected.contains(operation)) {
            throw IamFaults.accessDenied(operation, "*");
        }
    }

    /** Has its service hold on to a service-linked role, or let go of it. */
    public void use(String roleName, Optional<String> by) {
        serviceRoles.use(roleName, by);
    }

    /** A role as it is; empty if there is none of that name. */
    public Optional<SeenRole> role(String name) {
        ModelAccount account = store.now();
        return account.findRole(name).map(role -> seen(account, role));
    }

    private static SeenRole seen(ModelAccount account, ModelRole role) {
        SortedMap<String, String> attached = new TreeMap<>();
        role.attached.forEach(arn -> attached.put(
                arn,
                Optional.ofNullable(account.policies.get(arn))
                        .map(ModelPolicy::document)
                        .orElse("")));
        return new SeenRole(
                role.arn,
                role.created,
                role.trust,
                role.description,
                role.tags,
                role.inline,
                attached,
                Optional.ofNullable(role.boundary));
    }

    /** The names of all roles that there are. */
    public Set<String> roleNames() {
        return store.now().roles.values().stream()
                .map(role -> role.arn.substring(role.arn.lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
    }

    /** The ARNs of all managed policies that there are. */
    public Set<String> policyArns() {
        return store.now().policies.keySet();
    }

    /** The tags of a role as they are, whatever calls can see; empty if there is no such role. */
    Optional<Map<String, String>> tagsNow(String roleName) {
        return store.now().findRole(roleName).map(role -> role.tags);
    }

    /** The same of a managed policy. */
    Optional<Map<String, String>> policyTagsNow(String policyArn) {
        return Optional.ofNullable(store.now().policies.get(policyArn)).map(policy -> policy.tags);
    }

    /** Describes the whole content. */
    @Override
    public String toString() {
        ModelAccount account = store.now();
        return account.roles.values().stream()
                        .map(role -> seen(account, role) + " " + role.profiles)
                        .toList()
                + "\n"
                + account.policies.values().stream()
                        .map(policy ->
                                policy.arn + " " + policy.tags + " " + policy.versions + " " + policy.defaultVersion)
                        .toList()
                + account.deletions;
    }
}
