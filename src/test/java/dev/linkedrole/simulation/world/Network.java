package dev.linkedrole.simulation.world;

import dev.linkedrole.iammodel.IamFaults;
import dev.linkedrole.simulation.checks.CallObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.iam.model.ConcurrentModificationException;

/** The network between a process and the services: delays, loses and fails requests and answers. */
final class Network implements Wire {

    private static final Duration LEAST = Duration.ofMillis(2);
    private static final Duration MAX = Duration.ofMillis(60);
    /** Delay shorter than the timeout of any attempt: a call that was given up has taken effect, or never will. */
    private static final Duration SLOW = Duration.ofSeconds(4);

    private static final Duration SLOWEST = Duration.ofSeconds(9);
    private static final Duration LATE = Duration.ofSeconds(25);
    private static final Duration LATEST = Duration.ofMinutes(4);
    private static final Duration BACKOFF = Duration.ofSeconds(2);

    /** Owner of the requests in transit, independent of any process: they arrive even if their sender has died. */
    private final CrashingProcess wire;

    private final World world;
    private final CrashingProcess process;
    private final CallObserver witness;
    private final Runnable crash;

    /** @param crash makes the process die */
    Network(World world, CrashingProcess process, CallObserver witness, Runnable crash) {
        this.world = world;
        this.process = process;
        this.witness = witness;
        this.crash = crash;
        this.wire = new CrashingProcess("wire", world.time, Duration.ZERO);
    }

    @Override
    public <T> CompletableFuture<T> call(ModelService service, String operation, Supplier<T> effect) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (process.lives()) {
            new Call<>(service, operation, effect, answer).attempt(1);
        }
        return answer;
    }

    /** A call with all its attempts. */
    private final class Call<T> {

        private final ModelService service;
        private final String operation;
        private final Supplier<T> effect;
        private final CompletableFuture<T> answer;
        private final String purpose = process.doing();
        private final Duration begun = world.time.passed();
        private int current;

        Call(ModelService service, String operation, Supplier<T> effect, CompletableFuture<T> answer) {
            this.service = service;
            this.operation = operation;
            this.effect = effect;
            this.answer = answer;
        }

        void attempt(int number) {
            current = number;
            if (world.chance.hits(world.faultProfile().crashBefore())) {
                die("before " + operation);
                return;
            }
            if (world.chance.hits(world.faultProfile().late())) {
                world.time.in(world.chance.between(LATE, LATEST), wire, () -> arrive(number));
            } else if (!world.chance.hits(world.faultProfile().lost())) {
                world.time.in(delay(world.faultProfile().resync() ? SLOWEST : SLOW), wire, () -> arrive(number));
            }
            if (!world.faultProfile().calm()) {
                world.time.in(service.attemptTimeout, process, () -> timeOut(number));
            }
        }

        private void die(String when) {
            say("dies " + when);
            crash.run();
        }

        private Duration delay(Duration slowest) {
            boolean slow = world.chance.hits(world.faultProfile().slow());
            return world.chance.between(LEAST, slow ? slowest : MAX);
        }

        private void arrive(int number) {
            if (world.outages.down(service)) {
                reply(number, () -> fail(number, ill()));
            } else if (world.chance.hits(world.faultProfile().throttled())) {
                reply(number, () -> fail(number, throttled()));
            } else if (world.chance.hits(world.faultProfile().faulty())) {
                reply(number, () -> fail(number, ill()));
            } else {
                takeEffect(number);
            }
        }

        private void takeEffect(int number) {
            try {
                T result = effect.get();
                say("done");
                reply(number, () -> complete(result));
            } catch (RuntimeException rejection) {
                say("answered " + code(rejection));
                reply(number, () -> fail(number, rejection));
            }
            witness.tookEffect(process, service, operation);
            if (process.lives() && world.chance.hits(world.faultProfile().crashAfter())) {
                die("after " + operation);
            }
        }

        private void reply(int number, Runnable reaction) {
            if (!world.chance.hits(world.faultProfile().unheard())) {
                world.time.in(delay(SLOWEST), process, () -> {
                    if (number == current && !answer.isDone()) {
                        process.during(purpose, reaction);
                    }
                });
            }
        }

        private void complete(T result) {
            answer.complete(result);
        }

        private void timeOut(int number) {
            if (number == current && !answer.isDone()) {
                process.during(
                        purpose,
                        () -> fail(number, SdkClientException.create("no answer to " + operation + " in time")));
            }
        }

        private void fail(int number, RuntimeException failure) {
            boolean inTime = world.time.passed().minus(begun).compareTo(service.timeout) < 0;
            if (mayPass(failure) && number < service.attempts && inTime) {
                current = 0;
                world.time.in(
                        world.chance.between(Duration.ZERO, BACKOFF),
                        process,
                        () -> process.during(purpose, () -> attempt(number + 1)));
            } else {
                say("failed: " + code(failure));
                answer.completeExceptionally(failure);
            }
        }

        private void say(String what) {
            world.trace.say(process, purpose + " " + operation + " " + what);
        }

        private RuntimeException ill() {
            return service == ModelService.IAM
                    ? IamFaults.serviceFailure()
                    : SdkClientException.create(service + " is ill");
        }

        private RuntimeException throttled() {
            return service == ModelService.IAM
                    ? IamFaults.throttling()
                    : SdkClientException.create(service + " is called too often");
        }
    }

    /** True if the SDK retries the failure, by itself or by its configuration. */
    private static boolean mayPass(RuntimeException failure) {
        return failure instanceof SdkClientException
                || failure instanceof ConcurrentModificationException
                || (failure instanceof AwsServiceException service
                        && (service.isThrottlingException() || service.statusCode() >= 500));
    }

    private static String code(RuntimeException failure) {
        return failure instanceof AwsServiceException service && service.awsErrorDetails() != null
                ? service.awsErrorDetails().errorCode()
                : String.valueOf(failure.getMessage());
    }
}
