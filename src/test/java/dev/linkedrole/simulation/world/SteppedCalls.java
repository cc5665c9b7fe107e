package dev.linkedrole.simulation.world;

import dev.linkedrole.iammodel.IamModelClient;
import dev.linkedrole.intake.envelope.EventDecoder;
import dev.linkedrole.ledger.ModelTable;
import dev.linkedrole.reconcile.event.EventHandler;
import dev.linkedrole.reconcile.resync.WholeResync;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.role.guard.RoleRules;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.simulation.checks.Liveness;
import dev.linkedrole.simulation.checks.Safety;
import dev.linkedrole.simulation.faults.Defect;
import dev.linkedrole.simulation.faults.ManualEditor;
import dev.linkedrole.simulation.races.RaceParts;
import dev.linkedrole.testing.Defaults;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A world in which calls happen one after the other, in an order that the test chooses. */
public final class SteppedCalls {

    /** Longer than any pause between two attempts. */
    private static final Duration PAUSES = Duration.ofSeconds(30);

    private static final EventHandler.Limits LIMITS = new EventHandler.Limits(16, Duration.ofDays(365));
    private static final int MAX_STEPS = 400;

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

    final Setting setting;
    public final Cloud cloud;
    private final World world = World.calm();
    private final Safety safety;
    private final Defect defect;
    private final EventDecoder decoder = Defaults.decoder(Defaults.CATALOG);
    private int processes;

    public SteppedCalls(Setting setting) {
        this(setting, Defect.NONE);
    }

    /** Creates a world in which all processes have this defect. */
    public SteppedCalls(Setting setting, Defect defect) {
        this.setting = setting;
        this.defect = defect;
        this.cloud = new Cloud(world, setting);
        this.safety = new Safety(world, cloud, setting, this::decode);
    }

    private Optional<RoleEvent> decode(String body) {
        try {
            return Optional.of(decoder.decode(body));
        } catch (RejectedException poison) {
            return Optional.empty();
        }
    }

    /** An actor with a process of its own. */
    public final class Actor {

        final CrashingProcess process = new CrashingProcess("r" + ++processes, world.time, Duration.ZERO);
        public final SteppedWire wire = new SteppedWire(process, safety);
        private final RaceParts workings = RaceParts.of(
                world,
                cloud,
                new RoleRules(Defaults.CATALOG, setting.roles()),
                false,
                safety,
                defect,
                process,
                wire,
                LIMITS,
                CircuitBreaker::alwaysClosed);
        private boolean done;
        private Optional<Throwable> failure = Optional.empty();

        /** Creates an actor whose calls are named by their call sites. */
        public Actor telling() {
            process.nameCallSites();
            return this;
        }

        public Actor take(RoleEvent event, boolean redelivered) {
            boolean isSeen = redelivered && defect != Defect.TRUSTS_LEDGER_ON_REDELIVERY;
            workings.handler().handle(event, isSeen).subscribe().with(handled -> done = true, this::failed);
            return this;
        }

        public Actor take(Supplier<Uni<?>> work) {
            work.get().subscribe().with(ended -> done = true, this::failed);
            return this;
        }

        public RaceParts workings() {
            return workings;
        }

        /** Lets one period pass and runs the resync; leases that a dead process took before have expired. */
        public Actor runResync() {
            pass(RaceParts.RESYNC_EVERY.plus(workings.coordinator().tick()));
            return take(() -> workings.coordinator().work((instance, cause) -> failed(cause)));
        }

        public Actor resync() {
            WholeResync.of(workings.resync(), (instance, cause) -> failed(cause))
                    .subscribe()
                    .with(turns -> done = true, this::failed);
            return this;
        }

        private void failed(Throwable cause) {
            failure = Optional.of(cause);
        }

        public boolean ready() {
            return wire.isWaiting();
        }

        /** True if the work succeeded. */
        public boolean succeeded() {
            return done && failure.isEmpty();
        }

        /** Returns everything on which the actor's next steps depend. */
        public Object state() {
            return ready() ? wire.heard() : process.lives() ? "done " + succeeded() : "dead";
        }

        public boolean died() {
            return !process.lives();
        }

        public Optional<Throwable> failure() {
            return failure;
        }

        public void finish() {
            for (int i = 0; ready(); i++) {
                require(i < MAX_STEPS, "it goes on for ever");
                wire.step();
                settle();
            }
        }
    }

    /** Loses the ledger, or restores an earlier state; until an operator confirms it, no role may lose a permission. */
    public void loseLedger(Consumer<ModelTable> loss) {
        pass(Duration.ofMinutes(10));
        safety.ledgerLost(true);
        loss.accept(cloud.table);
    }

    /** Notes an operator's confirmation, after which roles may become as recorded. */
    public void ledgerIsConfirmed() {
        safety.ledgerIsConfirmed();
    }

    /** Checks that IAM has no excess permission and lacks no required one. */
    public void safe() {
        safety.look();
        safety.violation().ifPresent(violation -> require(false, violation));
    }

    /** Lets an amount of time pass. */
    public void pass(Duration time) {
        world.time.runUntil(world.time.passed().plus(time), () -> {});
    }

    /** Lets all pauses between attempts pass, and no other time. */
    public void settle() {
        world.time.settle(PAUSES);
        safety.violation().ifPresent(violation -> require(false, violation));
    }

    /** Adds a foreign policy to a role. */
    public void edit(RoleName name) {
        String document = """
                {"Version":"2012-10-17","Statement":[{"Sid":"ByHand","Effect":"Allow","Action":"s3:*","Resource":"*"}]}""";
        safety.handwritten(document);
        IamModelClient.administrator(cloud.iam)
                .putRolePolicy(
                        r -> r.roleName(name.value()).policyName("by-hand").policyDocument(document))
                .join();
    }

    /** Creates a foreign role under this name. */
    public void takeName(RoleName name) {
        IamModelClient.administrator(cloud.iam)
                .createRole(r -> r.roleName(name.value()).assumeRolePolicyDocument(ManualEditor.TRUST))
                .join();
        safety.foreign(name);
    }

    /** Handles events one after the other, repeating failed ones, until all are done. */
    public void takeAll(List<RoleEvent> events, boolean redelivered) {
        for (RoleEvent event : events) {
            Actor actor = new Actor().take(event, redelivered);
            actor.finish();
            require(actor.succeeded(), event.type() + " failed: " + actor.failure());
        }
    }

    /** Returns the state that the services store, without the times of writing. */
    public String remembered() {
        return timeless(cloud.iam + "\n" + cloud.table);
    }

    static String timeless(String told) {
        return TIME.matcher(told).replaceAll("");
    }

    /** Requires that the role is as all its events say, in IAM and in the ledger. */
    public void requireRight() {
        safe();
        List<String> missing = new ArrayList<>(new Liveness(cloud, setting, safety, this::decode).missing());
        require(missing.isEmpty(), String.join("; ", missing));
    }

    public static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
