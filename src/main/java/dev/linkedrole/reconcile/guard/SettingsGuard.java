package dev.linkedrole.reconcile.guard;

import dev.linkedrole.ledger.AcceptedSettingsStore;
import dev.linkedrole.ledger.LastSettings;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.reconcile.apply.DesiredRoles;
import dev.linkedrole.reconcile.guard.GuardView.Status;
import dev.linkedrole.retry.Backoff;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.guard.Acceptance;
import dev.linkedrole.role.guard.AcceptedSettings;
import dev.linkedrole.role.guard.ChangeCounts;
import dev.linkedrole.role.guard.HeldChange;
import dev.linkedrole.role.guard.RoleRules;
import dev.linkedrole.role.identity.LedgerOrigin;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.state.PolicyCompiler;
import dev.linkedrole.role.state.RoleChange;
import dev.linkedrole.role.state.SettingsChange;
import dev.linkedrole.role.state.SettingsSnapshot;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guard against changed settings. It supplies the compiler in force: that of the replica's own settings if they are
 * accepted, and else that of the accepted ones with what only the new ones know.
 *
 * <p>The ledger holds one acceptance for all replicas, and it changes by a conditional write: a start accepts its own
 * settings if no recorded role would lose anything by them and not too many would change, and an operator's release
 * accepts them in any case. So a release is one write, and it does not matter which replica makes it.
 */
public final class SettingsGuard implements Supplier<PolicyCompiler> {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsGuard.class);

    /** Attempts to compare the roles at the start; after that, each look begins again. */
    private static final int ATTEMPTS = 30;

    private static final Backoff WHILE_AWAY = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    private final AcceptedSettingsStore store;
    private final LastSettings last;
    private final Ledger ledger;
    private final RoleRules own;
    private final PolicyCompiler ownCompiler;
    private final AcceptedSettings ownSettings;
    private final CatalogReader catalogs;
    private final GuardPolicy policy;
    private final InstantSource clock;
    private final Retry retry;
    private volatile GuardView view;
    private final AtomicBoolean deciding = new AtomicBoolean();
    private @Nullable Uni<GuardView> reading;

    /**
     * @param last the settings of the last start, from which those of an earlier version are inferred
     * @param catalog text of the replica's own catalog
     * @param own the replica's own rules
     */
    public SettingsGuard(
            AcceptedSettingsStore store,
            LastSettings last,
            Ledger ledger,
            String catalog,
            RoleRules own,
            CatalogReader catalogs,
            GuardPolicy policy,
            InstantSource clock,
            Retry retry) {
        this.store = store;
        this.last = last;
        this.ledger = ledger;
        this.own = own;
        this.ownCompiler = own.compiler();
        this.ownSettings = own.accepted(catalog);
        this.catalogs = catalogs;
        this.policy = policy;
        this.clock = clock;
        this.retry = retry;
        this.view = new GuardView(Status.UNREAD, own, ownCompiler, Optional.empty(), Optional.empty());
    }

    /**
     * Reader of catalogs.
     *
     * @param parser parses a text, or throws {@link InvalidValueException}
     * @param builtIn the built-in catalogs by their texts
     */
    public record CatalogReader(Function<String, FeatureCatalog> parser, Map<String, FeatureCatalog> builtIn) {}

    /** Returns the compiler in force. */
    @Override
    public PolicyCompiler get() {
        return view.compiler();
    }

    /** Returns the rules in force. */
    public RoleRules rules() {
        return view.rules();
    }

    /** Returns the compiler that is in force once the held change is released. */
    public PolicyCompiler planned() {
        PolicyCompiler compiler = get();
        return compiler.held().orElse(compiler);
    }

    public GuardView view() {
        return view;
    }

    /** True once the accepted settings were read. */
    public boolean isRead() {
        return view.status() != Status.UNREAD;
    }

    /**
     * Requires that the accepted settings were read.
     *
     * @throws SettingsNotReadException if they were not
     */
    public void requireRead() {
        if (!isRead()) {
            throw new SettingsNotReadException();
        }
    }

    /** Returns the verdict on the ledger under which roles are written. */
    public LedgerOrigin origin(LedgerOrigin origin) {
        return view.origin(origin);
    }

    /** Reads the accepted settings, and decides whether the replica's own are held. Fails if the ledger stays away. */
    public Uni<Void> start() {
        return readPatiently().chain(this::decide);
    }

    /** Reads the accepted settings, and waits for a ledger that is away. */
    public Uni<GuardView> readPatiently() {
        return whileAway(this::read);
    }

    /** Reads the accepted settings, if they were not read yet. At the first start, the own settings are accepted. */
    public Uni<GuardView> read() {
        return Uni.createFrom().deferred(() -> isRead() ? Uni.createFrom().item(view) : shared());
    }

    private synchronized Uni<GuardView> shared() {
        Uni<GuardView> joined = reading;
        if (joined == null) {
            joined = readNow().onTermination().invoke(this::ended).memoize().indefinitely();
            reading = joined;
        }
        return joined;
    }

    private synchronized void ended() {
        reading = null;
    }

    private Uni<GuardView> readNow() {
        return store.load()
                .flatMap(found ->
                        found.map(known -> Uni.createFrom().item(known)).orElseGet(this::first))
                .map(acceptance -> {
                    GuardView before = view;
                    if (before.status() == Status.UNREAD) {
                        swap(before, of(acceptance, Status.HELD));
                    }
                    return view;
                });
    }

    /** Stores the first acceptance: the settings of the last start, as far as an earlier version has stored them. */
    private Uni<Acceptance> first() {
        return last.load()
                .map(found -> found.map(this::inferred).orElse(ownSettings))
                .map(settings -> Acceptance.atStart(settings, clock.instant()))
                .flatMap(acceptance -> store.replace(Optional.empty(), acceptance)
                        .flatMap(done -> done
                                ? Uni.createFrom().item(acceptance)
                                : store.load().map(Optional::orElseThrow)));
    }

    private AcceptedSettings inferred(SettingsSnapshot earlier) {
        Map<String, FeatureCatalog> known = new HashMap<>(catalogs.builtIn());
        ownSettings.catalog().ifPresent(text -> known.put(text, own.catalog()));
        AcceptedSettings accepted = own.acceptedBefore(earlier, known);
        // Two files may differ in their comments alone.
        AcceptedSettings withOwn = new AcceptedSettings(
                ownSettings.catalog(), accepted.principal(), accepted.boundary(), accepted.leaveAlone());
        boolean sameCatalog = earlier.catalog().equals(snapshot(own).catalog());
        return sameCatalog ? withOwn : accepted;
    }

    private static SettingsSnapshot snapshot(RoleRules rules) {
        return SettingsSnapshot.of(rules.settings(), rules.catalog(), Map.of());
    }

    /** @param otherwise the status if the accepted settings are not the own ones */
    private GuardView of(Acceptance acceptance, Status otherwise) {
        AcceptedSettings accepted = acceptance.settings();
        if (acceptance.digest().equals(ownSettings.digest())) {
            return new GuardView(Status.IN_FORCE, own, ownCompiler, Optional.of(acceptance), Optional.empty());
        }
        Optional<FeatureCatalog> catalog = accepted.catalog().flatMap(this::parsed);
        RoleRules effective = own.effective(accepted, catalog);
        List<SettingsChange> changes =
                SettingsChange.between(snapshot(own.asAccepted(accepted, catalog)), snapshot(own));
        HeldChange change = new HeldChange(
                HeldChange.digest(acceptance, ownSettings),
                clock.instant(),
                changes,
                Optional.empty(),
                catalog.isPresent());
        boolean held = otherwise == Status.HELD;
        return new GuardView(
                otherwise,
                effective,
                held ? effective.compiler().holding(ownCompiler) : effective.compiler(),
                Optional.of(acceptance),
                held ? Optional.of(change) : Optional.empty());
    }

    private Optional<FeatureCatalog> parsed(String text) {
        try {
            return Optional.of(catalogs.parser().apply(text));
        } catch (InvalidValueException e) {
            LOG.atWarn()
                    .log(
                            "This version cannot read the catalog that was accepted last, so that roles only grow until its"
                                    + " own is released: {}",
                            e.getMessage());
            return Optional.empty();
        }
    }

    /** Replaces the view, unless it has changed in the meantime. */
    // Another view is another object, whatever is in it.
    @SuppressWarnings("ReferenceEquality")
    private synchronized boolean swap(GuardView before, GuardView next) {
        boolean same = view == before;
        if (same) {
            view = next;
        }
        return same;
    }

    /** Decides whether the held change stays held. It is held until this has ended. */
    private Uni<Void> decide() {
        return Uni.createFrom().deferred(() -> {
            GuardView now = view;
            boolean open =
                    now.change().filter(change -> change.counts().isEmpty()).isPresent();
            if (!open || !deciding.compareAndSet(false, true)) {
                return Uni.createFrom().voidItem();
            }
            return (policy.hold()
                            ? whileAway(() -> count(now.compiler())).flatMap(counts -> decide(now, counts))
                            : accept(now, ChangeCounts.NONE))
                    .onTermination()
                    .invoke(() -> deciding.set(false))
                    .onFailure()
                    .invoke(failure -> FailureText.on(LOG.atWarn(), failure)
                            .log(
                                    "The changed settings stay held, since the roles could not be compared: {}",
                                    FailureText.of(failure)));
        });
    }

    private Uni<ChangeCounts> count(PolicyCompiler compiler) {
        return ledger.records(ledger.all())
                .filter(record -> record.role().live())
                .map(record -> DesiredRoles.held(compiler, record))
                .collect()
                .in(Count::new, Count::add)
                .map(Count::counts);
    }

    /** Counts that add up. */
    private static final class Count {
        private ChangeCounts counts = ChangeCounts.NONE;

        void add(Optional<RoleChange> change) {
            counts = counts.plus(change);
        }

        ChangeCounts counts() {
            return counts;
        }
    }

    private Uni<Void> decide(GuardView held, ChangeCounts counts) {
        HeldChange change = held.change().orElseThrow();
        if (change.readable() && !counts.hold(policy.changes())) {
            return accept(held, counts);
        }
        HeldChange counted = change.counted(counts);
        if (swap(held, held.counted(counted))) {
            LOG.atWarn()
                    .addKeyValue("digest", counted.digest())
                    .addKeyValue("restricted", counts.restricted())
                    .addKeyValue("changed", counts.changed())
                    .log("Held: {}", counted.sentence());
        }
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> accept(GuardView held, ChangeCounts counts) {
        Acceptance next = Acceptance.atStart(ownSettings, clock.instant());
        return whileAway(() -> store.replace(expected(held), next)).flatMap(done -> {
            if (!done) {
                return look();
            }
            if (swap(held, of(next, Status.HELD))) {
                LOG.atInfo()
                        .addKeyValue("changed", counts.changed())
                        .log(
                                policy.hold()
                                        ? "The changed settings are accepted: no recorded role loses anything by them"
                                        : "The changed settings are accepted unseen, since linked-role.guard.hold is off");
            }
            return Uni.createFrom().voidItem();
        });
    }

    private static Optional<String> expected(GuardView held) {
        return held.acceptance().map(Acceptance::digest);
    }

    /** Reads the accepted settings again, since another replica may have changed them. */
    public Uni<Void> look() {
        return Uni.createFrom().deferred(() -> {
            if (!isRead()) {
                return read().chain(this::decide);
            }
            GuardView before = view;
            return store.load()
                    .flatMap(found ->
                            found.map(acceptance -> found(before, acceptance)).orElseGet(() -> lost(before)))
                    .chain(this::decide);
        });
    }

    private Uni<Void> found(GuardView before, Acceptance acceptance) {
        if (!before.acceptance().equals(Optional.of(acceptance))) {
            GuardView now = of(acceptance, before.status() == Status.HELD ? Status.HELD : Status.REPLACED);
            if (swap(before, now) && now.status() != before.status()) {
                LOG.atInfo()
                        .addKeyValue("caller", acceptance.caller().orElse(""))
                        .log(
                                now.status() == Status.IN_FORCE
                                        ? "This replica's settings are accepted now"
                                        : "Another replica's settings are accepted now, and roles become what those say");
            }
        }
        return Uni.createFrom().voidItem();
    }

    /** Stores the acceptance again in a ledger that has lost it, so that a held change stays held. */
    private Uni<Void> lost(GuardView before) {
        return store.replace(Optional.empty(), before.acceptance().orElseThrow())
                .replaceWithVoid();
    }

    /**
     * Releases the held change: the replica's own settings are accepted. Saying it again changes nothing.
     *
     * @param digest digest of the change that the operator has looked at
     * @param caller the operator
     * @return fails with {@link NotHeldException} if another change is held here, or none
     */
    public Uni<GuardView> release(String digest, String caller) {
        return read().flatMap(held -> {
            if (held.change().filter(change -> change.digest().equals(digest)).isEmpty()) {
                return look().replaceWith(() -> released(digest));
            }
            Acceptance next = Acceptance.byRelease(ownSettings, clock.instant(), caller, digest);
            return store.replace(expected(held), next).flatMap(done -> {
                if (!done) {
                    return look().replaceWith(() -> released(digest));
                }
                GuardView now = of(next, Status.HELD);
                if (swap(held, now)) {
                    LOG.atInfo()
                            .addKeyValue("caller", caller)
                            .addKeyValue("digest", digest)
                            .log("The held change is released: roles become what the new settings say");
                    return Uni.createFrom().item(now);
                }
                return look().replaceWith(() -> released(digest));
            });
        });
    }

    /** Returns the view, if this change was released already. */
    private GuardView released(String digest) {
        GuardView now = view;
        if (now.acceptance()
                .flatMap(Acceptance::released)
                .filter(digest::equals)
                .isEmpty()) {
            throw new NotHeldException(now.change()
                    .map(change -> "the change that is held here is " + change.digest() + ", not " + digest)
                    .orElse("no change is held here"));
        }
        return now;
    }

    private <T> Uni<T> whileAway(Supplier<Uni<T>> call) {
        return retry.upTo(ATTEMPTS, WHILE_AWAY, failure -> true, call);
    }
}
