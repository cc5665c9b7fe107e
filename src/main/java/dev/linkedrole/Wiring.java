package dev.linkedrole;

import dev.linkedrole.catalog.CatalogFile;
import dev.linkedrole.config.ConfigConsistency;
import dev.linkedrole.config.ControllerConfig;
import dev.linkedrole.config.UnknownSettings;
import dev.linkedrole.connect.ConnectLocations;
import dev.linkedrole.connect.RequestPacer;
import dev.linkedrole.connect.RequestRate;
import dev.linkedrole.connect.aws.AwsConnectLocations;
import dev.linkedrole.connect.aws.ConnectCredentials;
import dev.linkedrole.connect.check.CheckLocations;
import dev.linkedrole.connect.check.CheckMetrics;
import dev.linkedrole.connect.check.CheckPeriod;
import dev.linkedrole.connect.check.ConnectCheck;
import dev.linkedrole.connect.comparison.InstanceComparison;
import dev.linkedrole.connect.imports.DriftReporter;
import dev.linkedrole.connect.imports.ImportEstimate;
import dev.linkedrole.connect.imports.ImportMetrics;
import dev.linkedrole.connect.imports.ImportRequests;
import dev.linkedrole.connect.imports.ImportRunner;
import dev.linkedrole.connect.recording.InstanceRecorder;
import dev.linkedrole.connect.walk.LocationWalk;
import dev.linkedrole.iam.AccountAccess;
import dev.linkedrole.iam.AccountRoles;
import dev.linkedrole.iam.Accounts;
import dev.linkedrole.iam.AssumableRole;
import dev.linkedrole.iam.CallLimits;
import dev.linkedrole.iam.SessionName;
import dev.linkedrole.iam.aws.AccountCredentials;
import dev.linkedrole.iam.aws.AwsAccountInventory;
import dev.linkedrole.iam.aws.AwsAccounts;
import dev.linkedrole.iam.aws.AwsClients;
import dev.linkedrole.iam.aws.AwsPolicyDocuments;
import dev.linkedrole.iam.aws.AwsRoleGateway;
import dev.linkedrole.iam.aws.RequestMetrics;
import dev.linkedrole.intake.envelope.ClockTolerance;
import dev.linkedrole.intake.envelope.MessageDecoder;
import dev.linkedrole.ledger.Leases;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.LedgerException;
import dev.linkedrole.ledger.LedgerWatch;
import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.OutboxNotifier;
import dev.linkedrole.ledger.RoleReservations;
import dev.linkedrole.ledger.dynamodb.DynamoDbAcceptedSettings;
import dev.linkedrole.ledger.dynamodb.DynamoDbAssociations;
import dev.linkedrole.ledger.dynamodb.DynamoDbChecks;
import dev.linkedrole.ledger.dynamodb.DynamoDbImports;
import dev.linkedrole.ledger.dynamodb.DynamoDbLeases;
import dev.linkedrole.ledger.dynamodb.DynamoDbLedger;
import dev.linkedrole.ledger.dynamodb.DynamoDbOutbox;
import dev.linkedrole.ledger.dynamodb.DynamoDbPauses;
import dev.linkedrole.ledger.dynamodb.DynamoDbRoleListing;
import dev.linkedrole.ledger.dynamodb.DynamoDbSettings;
import dev.linkedrole.ledger.dynamodb.DynamoDbTable;
import dev.linkedrole.ledger.dynamodb.TableProbe;
import dev.linkedrole.ledger.imports.Imports;
import dev.linkedrole.ledger.listing.RoleListing;
import dev.linkedrole.ledger.lookup.RoleLookup;
import dev.linkedrole.ledger.pauses.PauseStore;
import dev.linkedrole.ledger.pauses.PauseWatch;
import dev.linkedrole.reconcile.Inspector;
import dev.linkedrole.reconcile.PauseGate;
import dev.linkedrole.reconcile.Reconciler;
import dev.linkedrole.reconcile.RolePreviewer;
import dev.linkedrole.reconcile.apply.RoleApplier;
import dev.linkedrole.reconcile.concurrency.KeyedSerialExecutor;
import dev.linkedrole.reconcile.event.EventBatchContext;
import dev.linkedrole.reconcile.event.EventHandler;
import dev.linkedrole.reconcile.event.RecordedFacts;
import dev.linkedrole.reconcile.event.RejectedEvents;
import dev.linkedrole.reconcile.guard.Derived;
import dev.linkedrole.reconcile.guard.GuardGate;
import dev.linkedrole.reconcile.guard.GuardPolicy;
import dev.linkedrole.reconcile.guard.SettingsGuard;
import dev.linkedrole.reconcile.operations.Operations;
import dev.linkedrole.reconcile.operations.PauseOperations;
import dev.linkedrole.reconcile.rebuild.LedgerRebuild;
import dev.linkedrole.reconcile.resync.AccountScanner;
import dev.linkedrole.reconcile.resync.AccountUsageMetrics;
import dev.linkedrole.reconcile.resync.Resync;
import dev.linkedrole.reconcile.resync.ResyncCoordinator;
import dev.linkedrole.reconcile.resync.ResyncPlanner;
import dev.linkedrole.reconcile.resync.ResyncPreviewer;
import dev.linkedrole.reconcile.resync.SettingsWatch;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.retry.ElapsedTime;
import dev.linkedrole.retry.MonotonicClock;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.guard.RoleRules;
import dev.linkedrole.role.identity.LedgerOrigin;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.state.GrantReader;
import dev.linkedrole.role.state.RoleSettings;
import dev.linkedrole.role.state.SettingsSnapshot;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Composition root: creates the parts and connects them. They depend neither on how others are created nor on the
 * framework.
 */
@Singleton
public final class Wiring {

    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

    /**
     * Environment variables whose account number stands between single underscores: SmallRye Config takes it for a list
     * index and ignores the value.
     */
    private static final Pattern UNREAD_ACCOUNT = Pattern.compile("LINKED_ROLE_ACCOUNTS_[0-9]+_[A-Z_]+");

    /**
     * Priority before any scheduled work, which would create beans and fail again and again, with a stack trace each
     * time.
     */
    static final int FIRST = -2_000;

    /** Time for which the start waits for the first check of the ledger. The watch continues after that. */
    private static final Duration LEDGER_TIMEOUT = Duration.ofSeconds(5);

    /** Check of settings that contradict each other or have no effect. */
    void checkSettings(@Observes @Priority(FIRST) StartupEvent event, Config all, ControllerConfig config) {
        List<String> faults = ConfigConsistency.faults(config);
        if (!faults.isEmpty()) {
            throw new InvalidValueException(String.join(System.lineSeparator() + "  ", faults));
        }
        requireRegion();
        new UnknownSettings()
                .unknown(System.getenv().keySet(), propertyNames(all))
                .forEach(LOG::warn);
    }

    private static Set<String> propertyNames(Config all) {
        Set<String> names = new TreeSet<>();
        all.getPropertyNames().forEach(names::add);
        return names;
    }

    /**
     * Fails the start if no AWS region is configured. It is looked up as every SDK does; the SDK's own message, a list
     * of the places it searched, is replaced by a short one. An empty variable is a mistake, such as a template's value
     * that is missing, and is not to lead to whatever region a profile or the machine has.
     */
    private static Region requireRegion() {
        String variable = System.getenv(SdkSystemSetting.AWS_REGION.environmentVariable());
        if (variable != null && variable.isBlank()) {
            throw new InvalidValueException("AWS_REGION is set but empty: give it a region, or leave it out");
        }
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion();
        } catch (SdkClientException nowhere) {
            throw new InvalidValueException("no AWS region is set: set AWS_REGION, or the region of an AWS profile");
        }
    }

    /**
     * Checks for a restored ledger before the first message, so that no permission is revoked that such a ledger merely
     * does not know.
     */
    void checkLedger(@Observes @Priority(FIRST + 3) StartupEvent event, LedgerWatch watch) {
        watch.check()
                .subscribeAsCompletionStage()
                .completeOnTimeout(new LedgerOrigin.Unknown(), LEDGER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /**
     * Creates all beans at start, since configuration errors have to be found before the first message. Without this,
     * beans are created when they are first used.
     */
    void check(
            @Observes @Priority(FIRST + 1) StartupEvent event,
            EventHandler handler,
            Supplier<MessageDecoder> decoders,
            Resync resync) {}

    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.systemUTC();
    }

    @Produces
    @ElapsedTime
    @Singleton
    InstantSource steadyClock() {
        return new MonotonicClock();
    }

    @Produces
    @Singleton
    Retry retry() {
        return Retry.inRealTime();
    }

    @Produces
    @Singleton
    FeatureCatalog catalog(ControllerConfig config) {
        return CatalogFile.load(config.catalog());
    }

    @Produces
    @Singleton
    RoleSettings roleSettings(ControllerConfig config, FeatureCatalog catalog, DynamoDbAsyncClient dynamoDb) {
        return RoleSettingsFactory.settings(config, catalog)
                .of(config.deployment().or(() -> TableArn.of(dynamoDb, config.table())));
    }

    @Produces
    @Singleton
    SettingsGuard settingsGuard(
            DynamoDbAsyncClient dynamoDb,
            Ledger ledger,
            FeatureCatalog catalog,
            RoleSettings settings,
            ControllerConfig config,
            InstantSource clock,
            Retry retry) {
        return new SettingsGuard(
                new DynamoDbAcceptedSettings(dynamoDb, config.table()),
                new DynamoDbSettings(dynamoDb, config.table()),
                ledger,
                CatalogFile.text(config.catalog()),
                new RoleRules(catalog, settings),
                new SettingsGuard.CatalogReader(
                        text -> CatalogFile.read("that was accepted last", text), CatalogFile.builtIn()),
                new GuardPolicy(config.guard().hold(), config.guard().changes()),
                clock,
                retry);
    }

    /** Decoder of messages by the catalog in force, which changes when an operator releases a held one. */
    @Produces
    @Singleton
    Supplier<MessageDecoder> decoders(SettingsGuard guard, InstantSource clock, ControllerConfig config) {
        ClockTolerance tolerance = new ClockTolerance(clock, config.intake().clockTolerance());
        Supplier<MessageDecoder> decoders =
                new Derived<>(guard::rules, rules -> new MessageDecoder(rules.catalog(), tolerance));
        return () -> {
            // Its own catalog alone may lack features that roles have: their events would be rejected.
            guard.requireRead();
            return decoders.get();
        };
    }

    @Produces
    @Singleton
    OutboxNotifier outboxNotifier() {
        return new OutboxNotifier();
    }

    @Produces
    @Singleton
    Ledger ledger(DynamoDbAsyncClient dynamoDb, OutboxNotifier notifier, ControllerConfig config, Retry retry) {
        return new DynamoDbLedger(
                dynamoDb, config.table(), config.outcomes().target().map(target -> notifier), retry);
    }

    @Produces
    @Singleton
    LedgerWatch ledgerWatch(DynamoDbAsyncClient dynamoDb, ControllerConfig config) {
        return new LedgerWatch(new DynamoDbTable(dynamoDb, config.table()));
    }

    @Produces
    @Singleton
    PauseStore pauseStore(DynamoDbAsyncClient dynamoDb, ControllerConfig config) {
        return new DynamoDbPauses(dynamoDb, config.table());
    }

    @Produces
    @Singleton
    PauseWatch pauseWatch(PauseStore store, InstantSource clock, @ElapsedTime InstantSource steady) {
        return new PauseWatch(store, clock, steady);
    }

    @Produces
    @Singleton
    PauseGate pauseGate(PauseWatch watch, InstantSource clock, ControllerConfig config) {
        return new PauseGate(watch, clock, config.observe());
    }

    @Produces
    @Singleton
    PauseOperations pauseOperations(Ledger ledger, PauseStore store, PauseWatch watch, InstantSource clock) {
        return new PauseOperations(ledger, store, watch, clock);
    }

    /** Circuit breaker of the ledger: one for all queues, since there is one table. */
    @Produces
    @Singleton
    CircuitBreaker store(DynamoDbAsyncClient dynamoDb, SettingsGuard guard, ControllerConfig config, Retry retry) {
        TableProbe probe = new TableProbe(dynamoDb, config.table());
        // No message can be handled before the accepted settings are read.
        return new CircuitBreaker(
                "The ledger",
                LedgerException::concernsLedger,
                () -> probe.probe().chain(guard::read).replaceWithVoid(),
                retry);
    }

    @Produces
    @Singleton
    Outbox outbox(DynamoDbAsyncClient dynamoDb, OutboxNotifier notifier, ControllerConfig config) {
        return new DynamoDbOutbox(dynamoDb, config.table(), notifier);
    }

    @Produces
    @Singleton
    RoleListing roleListing(DynamoDbAsyncClient dynamoDb, ControllerConfig config) {
        return new DynamoDbRoleListing(dynamoDb, config.table());
    }

    @Produces
    @Singleton
    RoleLookup roleLookup(RoleListing listing, Ledger ledger) {
        return new RoleLookup(listing, ledger);
    }

    /** AWS clients for IAM and STS, created here because IAM has no Quarkus extension that fits this version. */
    @Produces
    @Singleton
    AwsClients awsClients(ControllerConfig config, MeterRegistry registry) {
        ControllerConfig.Iam iam = config.iam();
        return new AwsClients(
                new CallLimits(iam.attempts(), iam.attemptTimeout(), iam.timeout()),
                List.of(new RequestMetrics(registry)));
    }

    void close(@Disposes AwsClients clients) {
        clients.close();
    }

    @Produces
    @Singleton
    Accounts accounts(
            AccountRoles roles,
            AwsClients clients,
            @ElapsedTime InstantSource clock,
            ControllerConfig config,
            Retry retry) {
        return new AwsAccounts(
                roles,
                clients,
                iam -> new AccountAccess(
                        new AwsRoleGateway(iam, retry),
                        new AwsPolicyDocuments(iam, retry),
                        Optional.of(new AwsAccountInventory(iam))),
                config.iam().sessions(),
                config.iam().stallThreshold(),
                clock,
                retry);
    }

    /** Roles to assume in other accounts. */
    @Produces
    @Singleton
    AccountRoles accountRoles(ControllerConfig config) {
        System.getenv().keySet().stream()
                .filter(name -> UNREAD_ACCOUNT.matcher(name).matches())
                .forEach(Wiring::reject);
        Map<String, AssumableRole> roles = new HashMap<>();
        config.accounts()
                .forEach((account, role) -> roles.put(account, new AssumableRole(role.role(), role.externalId())));
        return new AccountRoles(roles);
    }

    private static void reject(String variable) {
        throw new InvalidValueException(
                variable + " is not read: an account in a variable has two underscores on either"
                        + " side, as in LINKED_ROLE_ACCOUNTS__111122223333__ROLE");
    }

    @Produces
    @Singleton
    Inspector inspector(SettingsGuard guard, Accounts accounts) {
        return new Inspector(guard, accounts);
    }

    /** Serializes all work on one instance in this process. */
    @Produces
    @Singleton
    KeyedSerialExecutor instanceExecutor() {
        return new KeyedSerialExecutor();
    }

    @Produces
    @Singleton
    Reconciler reconciler(
            Ledger ledger,
            Accounts accounts,
            SettingsGuard guard,
            KeyedSerialExecutor executor,
            ControllerConfig config,
            InstantSource clock,
            Retry retry,
            LedgerWatch watch,
            PauseGate gate) {
        return new Reconciler(
                ledger,
                accounts,
                guard,
                executor,
                config.iam().deletionTimeout(),
                clock,
                retry,
                () -> guard.origin(watch.origin()),
                new GuardGate(guard, gate));
    }

    @Produces
    @Singleton
    EventHandler eventHandler(
            Ledger ledger,
            SettingsGuard guard,
            Reconciler reconciler,
            KeyedSerialExecutor executor,
            Accounts accounts,
            ControllerConfig config,
            InstantSource clock,
            Retry retry,
            CircuitBreaker store) {
        EventBatchContext context = new EventBatchContext(ledger, guard, reconciler, clock, retry, store);
        EventHandler.Limits limits = new EventHandler.Limits(
                config.intake().concurrency(), config.iam().stallThreshold());
        return new EventHandler(context, executor, accounts, limits);
    }

    @Produces
    @Singleton
    RecordedFacts recordedFacts(
            Ledger ledger, DynamoDbAsyncClient dynamoDb, ControllerConfig config, CircuitBreaker store) {
        return new RecordedFacts(ledger, new DynamoDbAssociations(dynamoDb, config.table()), store);
    }

    @Produces
    @Singleton
    RejectedEvents rejectedEvents(
            Ledger ledger, Outbox outbox, SettingsGuard guard, InstantSource clock, CircuitBreaker store, Retry retry) {
        return new RejectedEvents(ledger, outbox, guard, clock, store, retry, RejectedEvents.TIMEOUT);
    }

    @Produces
    @Singleton
    LedgerRebuild ledgerRebuild(
            Accounts accounts,
            Ledger ledger,
            EventHandler handler,
            SettingsGuard guard,
            RoleSettings settings,
            InstantSource clock,
            ControllerConfig config) {
        Region region = requireRegion();
        return new LedgerRebuild(
                accounts,
                ledger,
                handler,
                new Derived<>(guard::rules, rules -> new GrantReader(rules.catalog())),
                settings,
                PartitionMetadata.of(region).id(),
                region.id(),
                clock,
                config.resync().concurrency());
    }

    @Produces
    @Singleton
    Operations operations(
            Ledger ledger, EventHandler handler, Reconciler reconciler, Inspector inspector, InstantSource clock) {
        return new Operations(ledger, handler, reconciler, inspector, clock);
    }

    /**
     * Reads the accepted settings before the first message. If the ledger cannot be read, no message is received and
     * nothing is written to IAM until it can.
     */
    void readAcceptedSettings(
            @Observes @Priority(FIRST + 2) StartupEvent event, SettingsGuard guard, CircuitBreaker store) {
        Optional<Throwable> late =
                Optional.of(new TimeoutException("the accepted settings were not read within " + LEDGER_TIMEOUT));
        guard.read()
                .map(view -> Optional.<Throwable>empty())
                .onFailure()
                .recoverWithItem(Optional::of)
                .subscribeAsCompletionStage()
                .completeOnTimeout(late, LEDGER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .join()
                .ifPresent(store::trip);
    }

    /**
     * Compares the settings with those of the last start, and the roles under both if changes may be held, in the
     * background: the service can work before the changes are known. The settings of the last start are replaced only
     * once the guard has read them.
     */
    void compareSettings(@Observes StartupEvent event, SettingsWatch watch, SettingsGuard guard) {
        guard.start().subscribe().with(decided -> {}, failure -> {});
        guard.readPatiently().chain(watch::compare).subscribe().with(changes -> {}, failure -> {});
    }

    @Produces
    @Singleton
    SettingsWatch settingsWatch(
            DynamoDbAsyncClient dynamoDb,
            ControllerConfig config,
            RoleSettings settings,
            FeatureCatalog catalog,
            InstantSource clock,
            Retry retry) {
        Map<String, String> accounts = new HashMap<>();
        config.accounts().forEach((account, role) -> accounts.put(account, role.role()));
        return new SettingsWatch(
                new DynamoDbSettings(dynamoDb, config.table()),
                SettingsSnapshot.of(settings, catalog, accounts),
                clock,
                retry);
    }

    @Produces
    @Singleton
    Leases leases(DynamoDbAsyncClient dynamoDb, ControllerConfig config) {
        return new DynamoDbLeases(dynamoDb, config.table(), UUID.randomUUID().toString());
    }

    @Produces
    @Singleton
    ResyncCoordinator coordinator(
            Resync resync,
            Leases leases,
            InstantSource clock,
            @ElapsedTime InstantSource steady,
            Retry retry,
            ControllerConfig config) {
        return new ResyncCoordinator(
                resync,
                leases,
                clock,
                steady,
                retry,
                config.resync().every(),
                config.resync().concurrency());
    }

    /** Preview of the resync, and of the release of a held change. It records nothing, so it needs no reservations. */
    @Produces
    @Singleton
    ResyncPreviewer resyncPreviewer(
            Ledger ledger,
            SettingsGuard guard,
            Accounts accounts,
            InstantSource clock,
            Retry retry,
            ControllerConfig config,
            LedgerWatch watch) {
        RoleApplier applier = new RoleApplier(
                RoleReservations.none(), guard::planned, config.iam().deletionTimeout(), clock, retry, watch::origin);
        return new ResyncPreviewer(
                ledger,
                new ResyncPlanner(guard::planned, config.resync().quietPeriod()),
                new AccountScanner(accounts, clock),
                new RolePreviewer(accounts, guard::planned, applier, clock),
                clock,
                config.resync().concurrency());
    }

    @Produces
    @Singleton
    Resync resync(
            Ledger ledger,
            Reconciler reconciler,
            KeyedSerialExecutor executor,
            SettingsGuard guard,
            Accounts accounts,
            InstantSource clock,
            AccountUsageMetrics usages,
            ControllerConfig config) {
        return new Resync(
                ledger,
                reconciler,
                executor,
                new ResyncPlanner(guard, config.resync().quietPeriod()),
                new AccountScanner(accounts, clock, Optional.of(usages)),
                clock,
                config.resync().concurrency());
    }

    /** Credentials for reading Amazon Connect: one session for each account. */
    @Produces
    @Singleton
    AccountCredentials readingCredentials(AccountRoles roles, AwsClients clients, ControllerConfig config) {
        return new AccountCredentials(
                roles, clients, SessionName.OF_READING, config.iam().sessions());
    }

    void close(@Disposes AccountCredentials credentials) {
        credentials.close();
    }

    @Produces
    @Singleton
    RequestPacer requestPacer(@ElapsedTime InstantSource steady, Retry retry) {
        return new RequestPacer(RequestRate.DEFAULT, steady, retry);
    }

    @Produces
    @Singleton
    ConnectLocations connectLocations(
            AccountCredentials credentials,
            AwsClients clients,
            RequestPacer pacer,
            ControllerConfig config,
            InstantSource clock,
            Retry retry) {
        ControllerConfig.Iam iam = config.iam();
        return new AwsConnectLocations(
                ConnectCredentials.of(credentials),
                clients.http(),
                pacer,
                new CallLimits(iam.attempts(), iam.attemptTimeout(), iam.timeout()),
                clock,
                retry);
    }

    @Produces
    @Singleton
    InstanceComparison instanceComparison(FeatureCatalog catalog) {
        return new InstanceComparison(catalog);
    }

    @Produces
    @Singleton
    LocationWalk locationWalk(
            ConnectLocations locations,
            Leases leases,
            InstantSource clock,
            @ElapsedTime InstantSource steady,
            Retry retry) {
        return new LocationWalk(locations, leases, clock, steady, retry);
    }

    @Produces
    @Singleton
    Imports imports(DynamoDbAsyncClient dynamoDb, ControllerConfig config, Retry retry) {
        return new DynamoDbImports(dynamoDb, config.table(), retry);
    }

    @Produces
    @Singleton
    InstanceRecorder instanceRecorder(SettingsGuard guard, Ledger ledger, EventHandler handler, RecordedFacts facts) {
        return new InstanceRecorder(
                new Derived<>(guard::rules, rules -> new InstanceComparison(rules.catalog())), ledger, handler, facts);
    }

    @Produces
    @Singleton
    ImportRunner importRunner(
            Imports imports,
            LocationWalk walk,
            InstanceRecorder recorder,
            ImportMetrics metrics,
            InstantSource clock,
            @ElapsedTime InstantSource steady,
            Retry retry) {
        return new ImportRunner(imports, walk, recorder, metrics, clock, steady, retry);
    }

    @Produces
    @Singleton
    ConnectCheck connectCheck(
            DynamoDbAsyncClient dynamoDb,
            ImportRequests requests,
            LocationWalk walk,
            InstanceRecorder recorder,
            Ledger ledger,
            CheckMetrics metrics,
            ControllerConfig config,
            InstantSource clock,
            @ElapsedTime InstantSource steady) {
        CheckPeriod period = new CheckPeriod(config.connect().every());
        if (period.on()) {
            period.warnings(recorder.scope()).forEach(LOG::warn);
        }
        boolean regions = config.connect().regions().isPresent();
        CheckLocations locations = new CheckLocations(
                () -> regions
                        ? requests.locations(List.of(), List.of())
                        : Uni.createFrom().item(List.of()),
                ledger,
                steady,
                period);
        return new ConnectCheck(
                new DynamoDbChecks(dynamoDb, config.table()),
                locations,
                walk,
                recorder,
                ledger,
                metrics,
                period,
                clock,
                steady);
    }

    @Produces
    @Singleton
    ImportEstimate importEstimate(InstanceComparison comparison) {
        return ImportEstimate.of(comparison.scope(), RequestRate.DEFAULT);
    }

    @Produces
    @Singleton
    ImportRequests importRequests(
            Imports imports, AccountCredentials credentials, ControllerConfig config, InstantSource clock) {
        return new ImportRequests(
                imports,
                () -> knownAccounts(credentials, config),
                config.connect()
                        .regions()
                        .map(regions -> List.of(regions.split(", ?")))
                        .orElse(List.of()),
                clock,
                () -> UUID.randomUUID().toString().substring(0, 8));
    }

    /** Returns the accounts with a configured role, and the controller's own. */
    private static Uni<List<String>> knownAccounts(AccountCredentials credentials, ControllerConfig config) {
        Set<String> accounts = new TreeSet<>(config.accounts().keySet());
        accounts.remove(AccountRoles.DEFAULT);
        return credentials.ownAccount().map(own -> {
            accounts.add(own);
            return List.copyOf(accounts);
        });
    }

    @Produces
    @Singleton
    DriftReporter driftReporter(ConnectLocations locations, Ledger ledger, Retry retry) {
        return new DriftReporter(locations, ledger, retry);
    }
}
