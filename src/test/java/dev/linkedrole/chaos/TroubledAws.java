package dev.linkedrole.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.linkedrole.testing.LocalAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What stands between the service and the local AWS, and answers for it as AWS does on its bad days. */
final class TroubledAws implements AutoCloseable {

    /** What may become of a call. */
    enum Trouble {
        /** The service has an error of its own. */
        ERROR,
        /** The service is not there. */
        UNAVAILABLE,
        /** There were too many calls. */
        THROTTLED,
        /** Nothing comes back. */
        SILENCE,
        /** The connection ends before the call was made. */
        CUT,
        /** The call was made, and its answer is lost. */
        ANSWER_LOST
    }

    /**
     * Trouble with some services.
     *
     * @param services by the name that calls to them are signed for
     * @param share of their calls that it comes over, from 0 to 1
     * @param kinds any of these, at random
     */
    record Phase(Set<String> services, double share, List<Trouble> kinds) {
        static final Phase CALM = new Phase(Set.of(), 0, List.of());
    }

    private static final String ENDPOINT = "AWS_ENDPOINT_URL";
    private static final Pattern SIGNED_FOR = Pattern.compile("Credential=[^/]+/[^/]+/[^/]+/([^/]+)/");
    private static final Set<String> NOT_PASSED_ON =
            Set.of("host", "connection", "content-length", "expect", "upgrade", "http2-settings", "transfer-encoding");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Random random;
    private final Map<Trouble, AtomicLong> counts = new EnumMap<>(Trouble.class);
    private final AtomicLong calls = new AtomicLong();

    private volatile Phase phase = Phase.CALM;
    private volatile CountDownLatch phaseEnd = new CountDownLatch(1);

    private TroubledAws(HttpServer server, Random random) {
        this.server = server;
        this.random = random;
        for (Trouble trouble : Trouble.values()) {
            counts.put(trouble, new AtomicLong());
        }
    }

    static TroubledAws start(Random random) {
        try {
            TroubledAws troubled = new TroubledAws(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512), random);
            troubled.server.setExecutor(troubled.threads);
            troubled.server.createContext("/", troubled::answer);
            troubled.server.start();
            return troubled;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a service has to be told so that all its calls come here. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        LocalAws.environment().keySet().stream()
                .filter(name -> name.startsWith(ENDPOINT))
                .forEach(name -> environment.put(
                        name, "http://127.0.0.1:" + server.getAddress().getPort()));
        return environment;
    }

    /** From now on it is like this; whoever still waits in silence waits no longer. */
    void enter(Phase next) {
        CountDownLatch ended = phaseEnd;
        phaseEnd = new CountDownLatch(1);
        phase = next;
        ended.countDown();
    }

    /** How many calls there were, and how many met with which trouble. */
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
            String service = serviceOf(exchange);
            calls.incrementAndGet();
            Optional<Trouble> trouble = draw(service);
            trouble.ifPresent(met -> Objects.requireNonNull(counts.get(met)).incrementAndGet());
            if (trouble.isEmpty()) {
                passBack(exchange, passOn(exchange, service, body));
                return;
            }
            switch (trouble.get()) {
                case ERROR -> fail(exchange, service, 500, "InternalFailure");
                case UNAVAILABLE -> fail(exchange, service, 503, "ServiceUnavailable");
                case THROTTLED -> fail(exchange, service, 400, "ThrottlingException");
                case SILENCE -> end.await();
                case CUT -> {}
                case ANSWER_LOST -> passOn(exchange, service, body);
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

    private static String serviceOf(HttpExchange exchange) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        Matcher signed = SIGNED_FOR.matcher(authorization == null ? "" : authorization);
        return signed.find() ? signed.group(1) : "";
    }

    private HttpResponse<byte[]> passOn(HttpExchange exchange, String service, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint(service).resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static URI endpoint(String service) {
        Map<String, String> aws = LocalAws.environment();
        String own = ENDPOINT + "_" + service.toUpperCase(Locale.ROOT);
        return URI.create(Objects.requireNonNull(aws.getOrDefault(own, aws.get(ENDPOINT))));
    }

    private static void passBack(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
        response.headers().map().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        send(exchange, response.statusCode(), response.body());
    }

    private static void fail(HttpExchange exchange, String service, int status, String code) throws IOException {
        boolean xml = service.equals("iam") || service.equals("sts");
        exchange.getResponseHeaders().set("Content-Type", xml ? "text/xml" : "application/x-amz-json-1.0");
        String body = xml
                ? "<ErrorResponse><Error><Type>Sender</Type><Code>" + code
                        + "</Code><Message>on purpose</Message></Error><RequestId>1</RequestId></ErrorResponse>"
                : "{\"__type\":\"" + code + "\",\"message\":\"on purpose\"}";
        send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        phaseEnd.countDown();
        server.stop(0);
        threads.shutdownNow();
        http.close();
    }
}
