package dev.linkedrole.reconcile.rebuild;

import dev.linkedrole.iam.AccountAccess;
import dev.linkedrole.iam.Accounts;
import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.InventoryPage;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.apply.IamFailedException;
import dev.linkedrole.reconcile.event.EventHandler;
import dev.linkedrole.reconcile.event.HandlingResult;
import dev.linkedrole.reconcile.event.ReceivedEvent;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.GrantReader;
import dev.linkedrole.role.state.ManagedPolicy;
import dev.linkedrole.role.state.PolicyArns;
import dev.linkedrole.role.state.RoleSettings;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Rebuilds the ledger from IAM, after it was lost or restored from a backup. Each role that bears our tags names its
 * instance; what its policies grant is read back and recorded as events, as if producers had sent them. Nothing is
 * revoked: a role that grants more than the catalog explains keeps it, and only grows until an operator adopts it.
 *
 * <p>It goes a page of an account's roles at a time, so that a caller who fails or stops goes on where it was. A
 * repeated run records nothing twice.
 */
public final class LedgerRebuild {

    /** Source of the events. */
    public static final String SOURCE = "linked-role-controller/rebuild";

    /**
     * Time by which the announcement is dated before the role's creation: a message may have waited that long in its
     * queue. So a producer that sends the instance's own announcement again is believed.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html">MessageRetentionPeriod,
     *     at most 14 days</a>
     */
    private static final Duration MAX_TIME_IN_QUEUE = Duration.ofDays(14);

    /** Id of no instance, for calls that concern an account. */
    private static final InstanceId NO_INSTANCE = new InstanceId("00000000-0000-0000-0000-000000000000");

    private final Accounts accounts;
    private final Ledger ledger;
    private final EventHandler handler;
    private final Supplier<GrantReader> readers;
    private final RoleSettings settings;
    private final String partition;
    private final String region;
    private final InstantSource clock;
    private final int concurrency;

    /**
     * @param readers reader by the catalog in force
     * @param settings the settings, for the owner and the deployment
     * @param partition the AWS partition of the accounts
     * @param region the controller's own region, by which it speaks to IAM
     * @param concurrency maximum number of roles rebuilt concurrently
     */
    public LedgerRebuild(
            Accounts accounts,
            Ledger ledger,
            EventHandler handler,
            Supplier<GrantReader> readers,
            RoleSettings settings,
            String partition,
            String region,
            InstantSource clock,
            int concurrency) {
        this.accounts = accounts;
        this.ledger = ledger;
        this.handler = handler;
        this.readers = readers;
        this.settings = settings;
        this.partition = partition;
        this.region = region;
        this.clock = clock;
        this.concurrency = concurrency;
    }

    /**
     * Rebuilds from a page of the roles of an account: one call to IAM, and two for each managed policy of a role.
     *
     * @param account twelve digits
     * @param from marker of the page; empty for the first one
     * @param dryRun true to record nothing
     * @return fails with {@link IamFailedException} if the page cannot be read
     */
    public Uni<RebuildPage> page(String account, Optional<String> from, boolean dryRun) {
        Instant at = clock.instant();
        InstanceArn any = new InstanceArn(partition, "connect", region, account, NO_INSTANCE);
        return accounts.inAccountOf(
                        any,
                        access -> access.inventory()
                                .map(inventory -> inventory.page(from))
                                .orElseGet(() -> Uni.createFrom()
                                        .failure(new IamCallException(
                                                IamCallException.Kind.REFUSED,
                                                "IAM does not list the roles of the account")))
                                .flatMap(page -> rebuild(page, account, access, at, dryRun)))
                .onFailure()
                .transform(IamFailedException::of);
    }

    private Uni<RebuildPage> rebuild(
            InventoryPage page, String account, AccountAccess access, Instant at, boolean dryRun) {
        return Multi.createFrom()
                .iterable(page.roles())
                .onItem()
                .transformToUni(role -> instanceOf(role, account)
                        .map(instance ->
                                rebuild(instance, role, access, at, dryRun).map(Optional::of))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty())))
                .merge(concurrency)
                .flatMap(rebuilt -> Multi.createFrom().optional(rebuilt))
                .collect()
                .asList()
                .map(roles -> new RebuildPage(
                        roles.stream()
                                .sorted(Comparator.comparing(
                                        role -> role.instance().id().value()))
                                .toList(),
                        page.next()));
    }

    /** Returns the instance that the tag of a role of ours names; empty if the role is not ours. */
    private Optional<InstanceArn> instanceOf(ActualRole.Present role, String account) {
        boolean ours = RoleTags.value(role.tags(), RoleTags.OWNER_TAG)
                .filter(settings.owner()::equals)
                .isPresent();
        boolean others = RoleTags.value(role.tags(), RoleTags.DEPLOYMENT_TAG)
                .filter(deployment -> !Optional.of(deployment).equals(settings.deployment()))
                .isPresent();
        return ours && !others
                ? RoleTags.value(role.tags(), RoleTags.INSTANCE_TAG)
                        .flatMap(LedgerRebuild::parsed)
                        .filter(instance -> instance.account().equals(account))
                : Optional.empty();
    }

    private static Optional<InstanceArn> parsed(String arn) {
        try {
            return Optional.of(InstanceArn.parse(arn));
        } catch (InvalidValueException notAnInstance) {
            return Optional.empty();
        }
    }

    private Uni<RebuiltRole> rebuild(
            InstanceArn instance, ActualRole.Present role, AccountAccess access, Instant at, boolean dryRun) {
        RebuiltRole nothing = new RebuiltRole(
                instance, role.arn(), RebuiltRole.Result.FAILED, new TreeSet<>(), List.of(), Optional.empty());
        return Uni.combine()
                .all()
                .unis(documents(role, access), ledger.load(instance.id()))
                .asTuple()
                .flatMap(found -> record(
                        readers.get().read(instance, found.getItem1()),
                        found.getItem2().orElseGet(() -> RoleRecord.blank(instance)),
                        nothing,
                        role,
                        at,
                        dryRun))
                .onFailure()
                .recoverWithItem(failure -> nothing.failed(FailureText.of(failure)));
    }

    /** Returns the role's inline policies, and its own managed policies. */
    private static Uni<List<String>> documents(ActualRole.Present role, AccountAccess access) {
        PolicyArns own = PolicyArns.of(role.arn(), RoleName.pathOfArn(role.arn()), RoleName.ofArn(role.arn()));
        return Multi.createFrom()
                .iterable(role.attachedPolicies())
                .filter(arn -> own.slotOf(arn).isPresent())
                .onItem()
                .transformToUniAndConcatenate(arn -> access.roles().policy(arn))
                .flatMap(found -> Multi.createFrom().optional(found))
                .map(ManagedPolicy::document)
                .collect()
                .asList()
                .map(managed -> {
                    List<String> all = new ArrayList<>(role.inlinePolicies().values());
                    all.addAll(managed);
                    return all;
                });
    }

    private Uni<RebuiltRole> record(
            GrantReader.Reading reading,
            RoleRecord known,
            RebuiltRole nothing,
            ActualRole.Present role,
            Instant at,
            boolean dryRun) {
        SortedSet<Grant> missing = new TreeSet<>(reading.grants());
        missing.removeAll(known.role().enabled());
        Optional<String> objection = objection(known, nothing.instance(), role.arn());
        boolean complete = missing.isEmpty() && known.role().announced();
        RebuiltRole.Result result = objection.isPresent()
                ? RebuiltRole.Result.LEFT
                : complete ? RebuiltRole.Result.COMPLETE : RebuiltRole.Result.RECORDED;
        RebuiltRole rebuilt =
                new RebuiltRole(nothing.instance(), role.arn(), result, missing, reading.rest(), objection);
        if (result != RebuiltRole.Result.RECORDED || dryRun) {
            return Uni.createFrom().item(rebuilt);
        }
        return handle(events(known, nothing.instance(), role, missing, at))
                .replaceWith(rebuilt)
                .onFailure()
                .recoverWithItem(failure -> rebuilt.failed(FailureText.of(failure)));
    }

    /** Returns the reason why the ledger's knowledge of the instance stands against recording the role. */
    private static Optional<String> objection(RoleRecord known, InstanceArn instance, String roleArn) {
        if (!known.role().instance().equals(instance)) {
            return Optional.of("the ledger has the instance as " + known.role().instance());
        }
        if (known.role().deleted()) {
            return Optional.of("the instance is deleted");
        }
        if (known.role().released()) {
            return Optional.of("the role is released");
        }
        return known.roleArn()
                .filter(recorded -> !recorded.equals(roleArn))
                .map(recorded -> "the ledger has the role " + recorded);
    }

    private static List<RoleEvent> events(
            RoleRecord known, InstanceArn instance, ActualRole.Present role, SortedSet<Grant> missing, Instant at) {
        List<RoleEvent> events = new ArrayList<>();
        if (!known.role().announced()) {
            events.add(new RoleEvent.InstanceCreated(
                    newId(), instance, role.createdAt().minus(MAX_TIME_IN_QUEUE), ""));
        }
        SortedMap<String, SortedSet<Grant>> byFeature = new TreeMap<>();
        missing.forEach(grant -> byFeature
                .computeIfAbsent(grant.feature(), feature -> new TreeSet<>())
                .add(grant));
        byFeature.forEach((feature, grants) -> {
            if (grants.contains(Grant.withoutResource(feature))) {
                events.add(new RoleEvent.FeatureEnabled(newId(), instance, at, feature, Set.of()));
            }
            Set<String> resources = new TreeSet<>();
            grants.forEach(grant -> grant.resource().ifPresent(resources::add));
            if (!resources.isEmpty()) {
                events.add(new RoleEvent.FeatureEnabled(newId(), instance, at, feature, resources));
            }
        });
        return events;
    }

    /** Handles the events together, so that they are recorded before the role is compared. */
    private Uni<Void> handle(List<RoleEvent> events) {
        List<Uni<HandlingResult>> handled = handler.handle(
                events.stream().map(event -> new ReceivedEvent(event, true)).toList());
        return Uni.join().all(handled).andCollectFailures().replaceWithVoid();
    }

    private static EventId newId() {
        return new EventId(UUID.randomUUID().toString(), SOURCE);
    }
}
