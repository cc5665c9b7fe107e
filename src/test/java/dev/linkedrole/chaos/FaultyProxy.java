package dev.linkedrole.chaos;

import com.sun.net.httpserver.HttpExchange;
import dev.linkedrole.testing.aws.AwsProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** A proxy between the service and the local AWS that injects the faults of a real AWS. */
final class FaultyProxy implements AutoCloseable {

    /** The fault of a call. */
    enum Trouble {
        /** The service has an error of its own. */
        ERROR,
        /** The service is unavailable. */
        UNAVAILABLE,
        /** There were too many calls. */
        THROTTLED,
        /** No answer arrives. */
        SILENCE,
        /** The connection ends before the call takes effect. */
        CUT,
        /** The call takes effect, and its answer is lost. */
        ANSWER_LOST
    }

    /**
     * Phase of faults in some services.
     *
     * @param services signing names of the services
     * @param share share of their calls that fail, from 0 to 1
     * @param kinds kinds of fault, chosen at random
     */
    record Phase(Set<String> services, double share, List<Trouble> kinds) {
        static final Phase CALM = new Phase(Set.of(), 0, List.of());
    }

    private final AwsProxy proxy;
    private final Random random;
    private final Map<Trouble, AtomicLong> counts = new EnumMap<>(Trouble.class);
    private final AtomicLong calls = new AtomicLong();

    private volatile Phase phase = Phase.CALM;
    private volatile CountDownLatch phaseEnd = new CountDownLatch(1);

    private FaultyProxy(Random random) {
        this.random = random;
        for (Trouble trouble : Trouble.values()) {
            counts.put(trouble, new AtomicLong());
        }
        this.proxy = AwsProxy.start(this::answer);
    }

    static FaultyProxy start(Random random) {
        return new FaultyProxy(random);
    }

    /** Environment variables that direct all calls of a service here. */
    Map<String, String> environment() {
        return proxy.environment();
    }

    /** Begins a phase; calls that wait since the last one are released. */
    void enter(Phase next) {
        CountDownLatch ended = phaseEnd;
        phaseEnd = new CountDownLatch(1);
        phase = next;
        ended.countDown();
    }

    /** Returns the numbers of calls, in all and by fault. */
    String summary() {
        return calls + " calls, of which "
                + counts.entrySet().stream()
                        .map(count -> count.getKey().name().toLowerCase(Locale.ROOT) + " " + count.getValue())
                        .collect(Collectors.joining(", "));
    }

    private void answer(HttpExchange exchange) throws IOException {
        CountDownLatch end = phaseEnd;
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String service = AwsProxy.serviceOf(exchange);
            calls.incrementAndGet();
            Optional<Trouble> trouble = draw(service);
            trouble.ifPresent(met -> Objects.requireNonNull(counts.get(met)).incrementAndGet());
            if (trouble.isEmpty()) {
                AwsProxy.passBack(exchange, proxy.passOn(exchange, body));
                return;
            }
            switch (trouble.get()) {
                case ERROR -> fail(exchange, service, 500, "InternalFailure");
                case UNAVAILABLE -> fail(exchange, service, 503, "ServiceUnavailable");
                case THROTTLED -> fail(exchange, service, 400, "ThrottlingException");
                case SILENCE -> end.await();
                case CUT -> {}
                case ANSWER_LOST -> proxy.passOn(exchange, body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Trouble> draw(String service) {
        Phase now = phase;
        if (!now.services().contains(service)) {
            return Optional.empty();
        }
        synchronized (random) {
            return random.nextDouble() < now.share()
                    ? Optional.of(now.kinds().get(random.nextInt(now.kinds().size())))
                    : Optional.empty();
        }
    }

    private static void fail(HttpExchange exchange, String service, int status, String code) throws IOException {
        boolean xml = service.equals("iam") || service.equals("sts");
        exchange.getResponseHeaders().set("Content-Type", xml ? "text/xml" : "application/x-amz-json-1.0");
        String body = xml
                ? "<ErrorResponse><Error><Type>Sender</Type><Code>" + code
                        + "</Code><Message>on purpose</Message></Error><RequestId>1</RequestId></ErrorResponse>"
                : "{\"__type\":\"" + code + "\",\"message\":\"on purpose\"}";
        AwsProxy.send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        phaseEnd.countDown();
        proxy.close();
    }
}
