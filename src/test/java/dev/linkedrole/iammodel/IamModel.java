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

/** Model of the IAM of one account, called through {@link IamModelClient}s. */
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
     * @param clock clock of the model
     * @param lag maximum age of what the next call reads
     * @param deletionTakes duration of the deletion of a service-linked role
     * @param traffic limits of its traffic
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

    /** Creates a model without limits of traffic. */
    public IamModel(String accountId, InstantSource clock, Supplier<Duration> lag, Duration deletionTakes) {
        this(accountId, clock, lag, deletionTakes, IamTraffic.ANY);
    }

    /** Creates a model without limits of traffic that shows writes and deletes service-linked roles at once. */
    public static IamModel prompt(String accountId) {
        return new IamModel(accountId, InstantSource.system(), () -> Duration.ZERO, Duration.ZERO);
    }

    /** Rejects all calls of an operation from now on, except those of an administrator. */
    public void reject(String operation) {
        rejected.add(operation);
    }

    /** Ends the rejection of an operation. */
    public void allow(String operation) {
        rejected.remove(operation);
    }

    void requireAllowed(String operation) {
        if (rejected.contains(operation)) {
            throw IamFaults.accessDenied(operation, "*");
        }
    }

    /** Makes the service use a service-linked role, or end its use. */
    public void use(String roleName, Optional<String> by) {
        serviceRoles.use(roleName, by);
    }

    /** Returns a role; empty if none has that name. */
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

    /** Returns the names of all roles. */
    public Set<String> roleNames() {
        return store.now().roles.values().stream()
                .map(role -> role.arn.substring(role.arn.lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
    }

    /** Returns the ARNs of all managed policies. */
    public Set<String> policyArns() {
        return store.now().policies.keySet();
    }

    /** Returns the present tags of a role, regardless of lag; empty if there is no such role. */
    Optional<Map<String, String>> tagsNow(String roleName) {
        return store.now().findRole(roleName).map(role -> role.tags);
    }

    /** Returns the present tags of a managed policy, regardless of lag; empty if there is no such policy. */
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
