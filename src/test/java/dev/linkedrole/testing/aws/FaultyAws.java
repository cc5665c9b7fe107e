package dev.linkedrole.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.linkedrole.testing.time.TestTimeout;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.arns.Arn;

/** Proxy to the local AWS's IAM and STS that injects faults into accounts, or fails after some calls. */
public final class FaultyAws implements AutoCloseable {

    /** Fault of an account. */
    public enum Fault {
        /** No call is ever answered. */
        SILENT,
        /** Every call to IAM is throttled. */
        THROTTLED,
        /** No role may be assumed. */
        DENIED
    }

    /**
     * A requested session.
     *
     * @param role the ARN of its role
     * @param name its name
     * @param externalId the external id that was given; empty if none was
     */
    public record AskedSession(String role, String name, String externalId) {}

    /**
     * A call that IAM has answered.
     *
     * @param account empty if it was made with the service's own credentials
     * @param at time of the answer
     */
    public record Call(Optional<String> account, String action, String role, Instant at) {}

    private static final Pattern GIVEN_KEY = Pattern.compile("<AccessKeyId>([^<]+)</AccessKeyId>");
    private static final Pattern USED_KEY = Pattern.compile("Credential=([^/]+)/");
    private final AwsProxy proxy;
    private final URI aws;
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final Map<String, String> accountsByKey = new ConcurrentHashMap<>();
    private final List<AskedSession> sessions = new CopyOnWriteArrayList<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger answersLeft = new AtomicInteger(Integer.MAX_VALUE);
    private final CountDownLatch silence = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    private FaultyAws() {
        this.aws = URI.create(LocalAws.environment().get("AWS_ENDPOINT_URL"));
        this.proxy = AwsProxy.start(this::answer);
    }

    public static FaultyAws start() {
        return new FaultyAws();
    }

    /** Environment variables for a service that uses this proxy. */
    public Map<String, String> environment() {
        return Map.of("AWS_ENDPOINT_URL_IAM", proxy.url(), "AWS_ENDPOINT_URL_STS", proxy.url());
    }

    public void set(String account, Fault fault) {
        faults.put(account, fault);
    }

    public void mend(String account) {
        faults.remove(account);
    }

    /** Forwards every later call, but withholds its answer. */
    public void fallSilentAfter(int answers) {
        answersLeft.set(answers);
    }

    /** Waits until the first call that is not answered has taken effect. */
    public void awaitSilence() {
        try {
            assertThat(silence.await(TestTimeout.LONGEST.toSeconds(), TimeUnit.SECONDS))
                    .as("a call that was not answered")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    public List<AskedSession> sessions() {
        return List.copyOf(sessions);
    }

    public List<Call> calls() {
        return List.copyOf(calls);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Map<String, String> form = AwsProxy.form(new String(body, StandardCharsets.UTF_8));
            String action = form.getOrDefault("Action", "");
            Optional<String> account = accountOf(exchange, form);
            if (action.equals("AssumeRole")) {
                sessions.add(new AskedSession(
                        form.getOrDefault("RoleArn", ""),
                        form.getOrDefault("RoleSessionName", ""),
                        form.getOrDefault("ExternalId", "")));
            }
            Optional<Fault> fault = account.flatMap(known -> Optional.ofNullable(faults.get(known)));
            if (fault.isPresent() && fails(fault.get(), action, exchange)) {
                return;
            }
            HttpResponse<byte[]> response = proxy.passOn(exchange, aws, body);
            if (action.equals("AssumeRole")) {
                remember(account.orElseThrow(), new String(response.body(), StandardCharsets.UTF_8));
            }
            if (answersLeft.getAndDecrement() <= 0) {
                silence.countDown();
                end.await();
                return;
            }
            calls.add(new Call(account, action, form.getOrDefault("RoleName", ""), Instant.now()));
            AwsProxy.passBack(exchange, response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean fails(Fault fault, String action, HttpExchange exchange) throws IOException, InterruptedException {
        if (fault == Fault.SILENT) {
            end.await();
            return true;
        }
        boolean opening = action.equals("AssumeRole");
        if (fault == Fault.DENIED && opening) {
            reject(exchange, 403, error("AccessDenied", "not authorized to perform: sts:AssumeRole"));
            return true;
        }
        if (fault == Fault.THROTTLED && !opening) {
            reject(exchange, 400, error("Throttling", "Rate exceeded"));
            return true;
        }
        return false;
    }

    private Optional<String> accountOf(HttpExchange exchange, Map<String, String> form) {
        if (form.containsKey("RoleArn")) {
            return Optional.ofNullable(form.get("RoleArn"))
                    .flatMap(arn -> Arn.fromString(arn).accountId());
        }
        Matcher used = USED_KEY.matcher(exchange.getRequestHeaders().getFirst("Authorization"));
        return used.find() ? Optional.ofNullable(accountsByKey.get(used.group(1))) : Optional.empty();
    }

    private void remember(String account, String answer) {
        Matcher given = GIVEN_KEY.matcher(answer);
        if (given.find()) {
            accountsByKey.put(given.group(1), account);
        }
    }

    private static void reject(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        AwsProxy.send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String error(String code, String message) {
        return "<ErrorResponse><Error><Type>Sender</Type><Code>" + code + "</Code><Message>" + message
                + "</Message></Error><RequestId>1</RequestId></ErrorResponse>";
    }

    @Override
    public void close() {
        end.countDown();
        proxy.close();
    }
}
