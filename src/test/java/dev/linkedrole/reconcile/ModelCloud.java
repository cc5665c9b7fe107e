package dev.linkedrole.reconcile;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.iam.AccountAccess;
import dev.linkedrole.iam.Accounts;
import dev.linkedrole.iam.aws.AwsAccountInventory;
import dev.linkedrole.iam.aws.AwsPolicyDocuments;
import dev.linkedrole.iam.aws.AwsRoleGateway;
import dev.linkedrole.iammodel.IamModel;
import dev.linkedrole.iammodel.IamModelClient;
import dev.linkedrole.iammodel.SeenRole;
import dev.linkedrole.ledger.LedgerWatch;
import dev.linkedrole.ledger.ModelAcceptedSettings;
import dev.linkedrole.ledger.ModelLedger;
import dev.linkedrole.ledger.ModelLedgerTable;
import dev.linkedrole.ledger.ModelTable;
import dev.linkedrole.ledger.OutboxNotifier;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.ledger.pauses.ModelPauses;
import dev.linkedrole.ledger.pauses.PauseWatch;
import dev.linkedrole.reconcile.apply.WriteGate;
import dev.linkedrole.reconcile.event.EventHandler;
import dev.linkedrole.reconcile.guard.GuardGate;
import dev.linkedrole.reconcile.guard.GuardPolicy;
import dev.linkedrole.reconcile.guard.SettingsGuard;
import dev.linkedrole.reconcile.operations.Operations;
import dev.linkedrole.reconcile.operations.PauseOperations;
import dev.linkedrole.reconcile.rebuild.LedgerRebuild;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.guard.RoleRules;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.Decision;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.state.GrantReader;
import dev.linkedrole.role.state.PolicyCompiler;
import dev.linkedrole.role.state.RoleSettings;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.ServiceParts;
import dev.linkedrole.testing.iam.OneAccount;
import dev.linkedrole.testing.iam.Permission;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** IAM and a ledger in memory, fast enough for thousands of lives. Contract tests run on both and on the real ones. */
public final class ModelCloud {

    private final IamModel iam = IamModel.prompt(Instance.ACCOUNT);
    private final ModelPauses pauses = new ModelPauses();
    private final ModelAcceptedSettings accepted = new ModelAcceptedSettings();
    private final ModelTable table;
    private final InstantSource clock;

    /** @param telling true if outcomes are put into the outbox */
    public ModelCloud(boolean telling) {
        this(telling, InstantSource.system());
    }

    /** Creates a cloud with a clock of its own. */
    public ModelCloud(boolean telling, InstantSource clock) {
        this.table = new ModelTable(clock, () -> Duration.ZERO, telling);
        this.clock = clock;
    }

    /** Loses everything that is recorded. */
    public void loseLedger() {
        table.lose();
    }

    /** Takes a backup of the present ledger. */
    public ModelTable.Backup backUp() {
        return table.backUp();
    }

    /** Restores a backup into a new table of the same name. */
    public void restore(ModelTable.Backup backup) {
        table.restore(backup);
    }

    /** Creates a process that does not die. */
    public MortalProcess process() {
        return process(CrashPlan.never());
    }

    /** Creates a process that dies at one of its calls to the ledger or IAM. */
    public MortalProcess process(CrashPlan mortality) {
        return process(new Calls(mortality));
    }

    /** Creates a process with a gate between it and the ledger and IAM. */
    public MortalProcess process(Between between) {
        return process(between, Defaults.SETTINGS);
    }

    /** Creates a process with a gate and settings of its own. */
    public MortalProcess process(Between between, RoleSettings settings) {
        return new MortalProcess(between, new PolicyCompiler(Defaults.CATALOG, settings), false);
    }

    /** Creates a process that does not die, with settings of its own. */
    public MortalProcess process(RoleSettings settings) {
        return process(new Calls(CrashPlan.never()), settings);
    }

    /** Creates a process with a guard of changed settings, which decides as it starts. */
    public MortalProcess guarded(CrashPlan mortality, String catalog, GuardedRules rules) {
        return new MortalProcess(new Calls(mortality), catalog, rules);
    }

    /** Creates a process with a guard of changed settings, which does not die. */
    public MortalProcess guarded(String catalog, GuardedRules rules) {
        return guarded(CrashPlan.never(), catalog, rules);
    }

    /**
     * Rules of a process with a guard.
     *
     * @param catalogs all catalogs by their texts
     * @param settings its own settings
     * @param policy limits of the guard
     */
    public record GuardedRules(Map<String, FeatureCatalog> catalogs, RoleSettings settings, GuardPolicy policy) {}

    /** Returns the accepted settings. */
    public ModelAcceptedSettings accepted() {
        return accepted;
    }

    /** Creates a process that does not die, and writes nothing to IAM. */
    public MortalProcess observer() {
        return new MortalProcess(new Calls(CrashPlan.never()), Defaults.COMPILER, true);
    }

    /** Returns the pauses in the ledger. */
    public ModelPauses pauses() {
        return pauses;
    }

    /** Returns the names of all roles. */
    public Set<String> roles() {
        return iam.roleNames();
    }

    /** The gate between a process and all services that it calls. */
    interface Between extends IamModelClient.Gate, ModelLedger.Gate {}

    /** Returns the client of an administrator with all permissions. */
    public IamModelClient administrator() {
        return IamModelClient.administrator(iam);
    }

    /** Deletes a role that has only its inline policy, by hand. */
    public void removeByHand(RoleName name) {
        administrator()
                .deleteRolePolicy(r -> r.roleName(name.value()).policyName(PolicySlot.INLINE_POLICY))
                .join();
        administrator().deleteRole(r -> r.roleName(name.value())).join();
    }

    /** Returns the description of a role; empty if there is no such role. */
    public Optional<String> description(RoleName name) {
        return iam.role(name.value()).map(SeenRole::description);
    }

    /** Returns the permissions of all policies of a role together; empty if there is no such role. */
    public Optional<SortedSet<Permission>> permissions(RoleName name) {
        return iam.role(name.value()).map(ModelCloud::permissions);
    }

    /** Asserts that a role has these permissions together, and no others. */
    @SafeVarargs
    public final void assertMay(RoleName name, Set<Permission>... all) {
        Set<Permission> together = new HashSet<>();
        for (Set<Permission> some : all) {
            together.addAll(some);
        }
        assertThat(permissions(name))
                .hasValueSatisfying(found -> assertThat(found).isEqualTo(together));
    }

    /** Returns a role's tags; none if there is no such role. */
    public Map<String, String> tags(RoleName name) {
        return iam.role(name.value()).<Map<String, String>>map(SeenRole::tags).orElse(Map.of());
    }

    /** Returns a role's inline policies by name, byte for byte; empty if there is no such role. */
    public Optional<Map<String, String>> inlinePolicies(RoleName name) {
        return iam.role(name.value()).map(SeenRole::inline);
    }

    private static SortedSet<Permission> permissions(SeenRole role) {
        return Stream.concat(role.inline().values().stream(), role.attached().values().stream())
                .flatMap(policy -> Permission.allowedBy(policy).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the managed policies attached to a role. */
    public Set<String> attached(RoleName name) {
        return iam.role(name.value()).map(role -> role.attached().keySet()).orElse(new TreeSet<>());
    }

    /** Returns all managed policies. */
    public Set<String> policies() {
        return iam.policyArns();
    }

    /** The parts of a process that its guard works with. */
    private record GuardPlace(ModelAcceptedSettings store, ModelLedger ledger, Retry retry) {}

    private SettingsGuard guardOf(GuardPlace place, String catalog, GuardedRules rules) {
        return new SettingsGuard(
                place.store(),
                accepted.last(),
                place.ledger(),
                catalog,
                new RoleRules(Objects.requireNonNull(rules.catalogs().get(catalog)), rules.settings()),
                new SettingsGuard.CatalogReader(
                        text -> Optional.ofNullable(rules.catalogs().get(text))
                                .orElseThrow(() -> new InvalidValueException("unreadable")),
                        rules.catalogs()),
                rules.policy(),
                clock,
                place.retry());
    }

    /** A process of the service without its queues. */
    public final class MortalProcess {

        private final OutboxNotifier notifier = new OutboxNotifier();
        private final LedgerWatch watch = ModelLedgerTable.watch(table);
        private final ModelLedger ledger;
        private final EventHandler handler;
        private final ServiceParts parts;
        private final PauseWatch pauseWatch;
        private final IamModelClient client;
        private final Optional<SettingsGuard> guard;

        private MortalProcess(Between calls, PolicyCompiler compiler, boolean observe) {
            this(calls, compiler, observe, place -> Optional.empty());
        }

        private MortalProcess(
                Between calls,
                PolicyCompiler compiler,
                boolean observe,
                Function<GuardPlace, Optional<SettingsGuard>> guards) {
            Retry retry = Retry.inRealTime();
            this.client = IamModelClient.limited(iam, calls, Map.of());
            Accounts account = new OneAccount(
                    new AccountAccess(new AwsRoleGateway(client, retry), new AwsPolicyDocuments(client, retry)));
            this.ledger = new ModelLedger(table, calls, notifier);
            this.pauseWatch = new PauseWatch(pauses, clock, clock);
            PauseGate pauseGate = new PauseGate(pauseWatch, clock, observe);
            this.guard = guards.apply(new GuardPlace(accepted.through(calls), ledger, retry));
            this.parts = new ServiceParts(
                    ledger,
                    account,
                    guard.<Supplier<PolicyCompiler>>map(known -> known).orElse(() -> compiler),
                    Duration.ofSeconds(2),
                    clock,
                    retry,
                    () -> guard.map(known -> known.origin(watch.origin())).orElseGet(watch::origin),
                    guard.<WriteGate>map(known -> new GuardGate(known, pauseGate))
                            .orElse(pauseGate));
            this.handler = parts.handler();
        }

        private MortalProcess(Between calls, String catalog, GuardedRules rules) {
            this(calls, Defaults.COMPILER, false, place -> Optional.of(guardOf(place, catalog, rules)));
        }

        /** Returns its guard of changed settings. */
        public SettingsGuard guard() {
            return guard.orElseThrow();
        }

        /** Returns its ledger and outbox. */
        public ModelLedger ledger() {
            return ledger;
        }

        /** Returns the notifier that is called when it has put an outcome into the outbox. */
        public OutboxNotifier notifier() {
            return notifier;
        }

        /** Returns its operations on pauses. */
        public PauseOperations pauseOperations() {
            return new PauseOperations(ledger, pauses, pauseWatch, clock);
        }

        /** Returns its rebuilding of the ledger, with the default settings. */
        public LedgerRebuild rebuild() {
            Retry retry = Retry.inRealTime();
            return new LedgerRebuild(
                    new OneAccount(new AccountAccess(
                            new AwsRoleGateway(client, retry),
                            new AwsPolicyDocuments(client, retry),
                            Optional.of(new AwsAccountInventory(client)))),
                    ledger,
                    handler,
                    () -> new GrantReader(Defaults.CATALOG),
                    Defaults.SETTINGS,
                    "aws",
                    "us-west-2",
                    clock,
                    2);
        }

        public LedgerWatch watch() {
            return watch;
        }

        public EventHandler handler() {
            return handler;
        }

        public Reconciler reconciler() {
            return parts.reconciler();
        }

        /** Handles events one after the other, each after the work for the one before has ended. */
        public void take(RoleEvent... events) {
            for (RoleEvent event : events) {
                await(handler.handle(event, false));
            }
        }

        /** Records an event and does nothing else, like a process that dies after that. */
        public void record(RoleEvent event) {
            RoleRecord known =
                    await(ledger.load(event.instance().id())).orElseGet(() -> RoleRecord.blank(event.instance()));
            await(ledger.record(known, event, Decision.of(known.role(), event), clock.instant()));
        }

        /** Returns the record of an instance, which has to exist. */
        public RoleRecord record(Instance instance) {
            return await(ledger.load(instance.id())).orElseThrow();
        }

        /** Returns operations with a clock of their own. */
        public Operations operations(InstantSource clock) {
            return parts.operations(handler, clock);
        }

        /** Returns the parts of the service that share its serial executor. */
        public ServiceParts parts() {
            return parts;
        }
    }

    /** The single calls of a process that dies. */
    private record Calls(CrashPlan mortality) implements Between {

        @Override
        public <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
            boolean last;
            try {
                last = mortality.beginCall();
            } catch (CrashPlan.DeathException death) {
                return CompletableFuture.failedFuture(death);
            }
            CompletableFuture<T> answer = IamModelClient.atOnce(operation, effect);
            return last ? CompletableFuture.failedFuture(new CrashPlan.DeathException()) : answer;
        }
    }
}
