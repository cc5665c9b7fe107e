package dev.linkedrole.simulation;

import dev.linkedrole.iammodel.IamModelClient;
import dev.linkedrole.intake.EventDecoder;
import dev.linkedrole.reconcile.EventHandler;
import dev.linkedrole.reconcile.WholeResync;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.role.RefusedException;
import dev.linkedrole.role.RoleEvent;
import dev.linkedrole.role.RoleName;
import dev.linkedrole.testing.Defaults;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A world in which nothing happens but one call after the other, in an order that somebody decides. */
final class Stepped {

    /** Longer than any pause between two attempts of something. */
    private static final Duration PAUSES = Duration.ofSeconds(30);

    private static final EventHandler.Limits LIMITS = new EventHandler.Limits(16, Duration.ofDays(365));
    private static final int MOST_STEPS = 400;

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

    final Setting setting;
    final Cloud cloud;
    private final World world = World.calm();
    private final Safety safety;
    private final Defect defect;
    private final EventDecoder decoder = Defaults.decoder(Defaults.CATALOG);
    private int processes;

    Stepped(Setting setting) {
        this(setting, Defect.NONE);
    }

    /** One in which everybody has this defect. */
    Stepped(Setting setting, Defect defect) {
        this.setting = setting;
        this.defect = defect;
        this.cloud = new Cloud(world, setting);
        this.safety = new Safety(world, cloud, setting, this::decode);
    }

    private Optional<RoleEvent> decode(String body) {
        try {
            return Optional.of(decoder.decode(body));
        } catch (RefusedException poison) {
            return Optional.empty();
        }
    }

    /** Somebody at work, in a process of his own. */
    final class Actor {

        final MortalProcess process = new MortalProcess("r" + ++processes, world.time, Duration.ZERO);
        final SteppedWire wire = new SteppedWire(process, safety);
        private final Workings workings = Workings.of(
                world, cloud, setting.roles(), safety, defect, process, wire, LIMITS, CircuitBreaker::alwaysClosed);
        private boolean done;
        private Optional<Throwable> failure = Optional.empty();

        /** One whose calls are told by where in the code they are made. */
        Actor telling() {
            process.tellSites();
            return this;
        }

        Actor take(RoleEvent event, boolean redelivered) {
            boolean isSeen = redelivered && defect != Defect.TRUSTS_LEDGER_ON_REDELIVERY;
            workings.handler().handle(event, isSeen).subscribe().with(handled -> done = true, this::failed);
            return this;
        }

        Actor take(Supplier<Uni<?>> work) {
            work.get().subscribe().with(ended -> done = true, this::failed);
            return this;
        }

        Workings workings() {
            return workings;
        }

        /** Once a period has passed, and whoever had begun one before has it no longer. */
        Actor shift() {
            pass(Workings.RESYNC_EVERY.plus(workings.shifts().beat()));
            return take(() -> workings.shifts().work((instance, cause) -> failed(cause)));
        }

        Actor resync() {
            WholeResync.of(workings.resync(), (instance, cause) -> failed(cause))
                    .subscribe()
                    .with(turns -> done = true, this::failed);
            return this;
        }

        private void failed(Throwable cause) {
            failure = Optional.of(cause);
        }

        boolean ready() {
            return wire.isWaiting();
        }

        /** Whether it came to its end. */
        boolean succeeded() {
            return done && failure.isEmpty();
        }

        /** All on which depends what it does next. */
        Object state() {
            return ready() ? wire.heard() : process.lives() ? "done " + succeeded() : "dead";
        }

        boolean died() {
            return !process.lives();
        }

        Optional<Throwable> failure() {
            return failure;
        }

        void finish() {
            for (int i = 0; ready(); i++) {
                require(i < MOST_STEPS, "it goes on for ever");
                wire.step();
                settle();
            }
        }
    }

    /** Lets so much time pass. */
    void pass(Duration time) {
        world.time.runUntil(world.time.passed().plus(time), () -> {});
    }

    /** Lets all pauses between attempts pass. Other time does not. */
    void settle() {
        world.time.settle(PAUSES);
        safety.violation().ifPresent(violation -> require(false, violation));
    }

    /** Somebody puts a policy of his own into a role. */
    void edit(RoleName name) {
        String document = """
                {"Version":"2012-10-17","Statement":[{"Sid":"ByHand","Effect":"Allow","Action":"s3:*","Resource":"*"}]}""";
        safety.handwritten(document);
        IamModelClient.administrator(cloud.iam)
                .putRolePolicy(
                        r -> r.roleName(name.value()).policyName("by-hand").policyDocument(document))
                .join();
    }

    /** Somebody makes a role of his own under this name. */
    void takeName(RoleName name) {
        IamModelClient.administrator(cloud.iam)
                .createRole(r -> r.roleName(name.value()).assumeRolePolicyDocument(Meddler.TRUST))
                .join();
        safety.foreign(name);
    }

    /** Takes events one after the other, and again where that did not work out, until all are done. */
    void takeAll(List<RoleEvent> events, boolean redelivered) {
        for (RoleEvent event : events) {
            Actor actor = new Actor().take(event, redelivered);
            actor.finish();
            require(actor.succeeded(), event.type() + " failed: " + actor.failure());
        }
    }

    /** All that is remembered by the services, without the times at which it was written. */
    String remembered() {
        return timeless(cloud.iam + "\n" + cloud.table);
    }

    static String timeless(String told) {
        return TIME.matcher(told).replaceAll("");
    }

    /** The role is as all its events say, in IAM as in the ledger. */
    void requireRight() {
        safety.look();
        safety.violation().ifPresent(violation -> require(false, violation));
        List<String> missing = new ArrayList<>(new Liveness(cloud, setting, safety, this::decode).missing());
        require(missing.isEmpty(), String.join("; ", missing));
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
