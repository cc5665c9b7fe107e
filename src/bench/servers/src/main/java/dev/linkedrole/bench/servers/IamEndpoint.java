package dev.linkedrole.bench.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * IAM's query protocol for the calls that a role needs, answered after a while, as the real one does, and counted by action.
 *
 * <p>{@code /_bench/calls} answers the counts and {@code /_bench/forget-calls} begins anew; {@code /_bench/delay?read=MS&write=MS} sets
 * how long it takes; {@code /_bench/roles} tells of all roles; {@code /_bench/copy-role?of=ID} makes a role for each id in its body
 * like the one for that id, for fleets that would take too long to make call by call.
 */
final class IamEndpoint {

    private static final String CONTROL = "/_bench/";

    private final HttpServer server;
    private final Roles roles = new Roles();
    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(
            1, Thread.ofPlatform().daemon().name("iam-delay").factory());
    private volatile Duration read;
    private volatile Duration write;

    private IamEndpoint(HttpServer server, Duration read, Duration write) {
        this.server = server;
        this.read = read;
        this.write = write;
    }

    static IamEndpoint start(String host, Duration read, Duration write) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(host, 0), 1024);
        IamEndpoint endpoint = new IamEndpoint(server, read, write);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", endpoint::call);
        server.createContext(CONTROL, endpoint::control);
        server.start();
        return endpoint;
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void call(HttpExchange exchange) throws IOException {
        Map<String, String> parameters =
                form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String action = parameters.getOrDefault("Action", "none");
        calls.computeIfAbsent(action, name -> new LongAdder()).increment();
        Duration delay = action.startsWith("Get") || action.startsWith("List") ? read : write;
        if (delay.isZero()) {
            answer(exchange, action, parameters);
        } else {
            // The exchange is finished later; no thread waits for it.
            timer.schedule(
                    () -> Thread.startVirtualThread(() -> answer(exchange, action, parameters)),
                    delay.toNanos(),
                    TimeUnit.NANOSECONDS);
        }
    }

    private void answer(HttpExchange exchange, String action, Map<String, String> parameters) {
        Answer answer = roles.answer(action, parameters);
        try {
            respond(exchange, answer.status(), answer.xml(), "text/xml");
        } catch (IOException e) {
            // Whoever asked has gone.
            exchange.close();
        }
    }

    private void control(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        switch (exchange.getRequestURI().getPath().substring(CONTROL.length())) {
            case "calls" -> {
                StringBuilder lines = new StringBuilder();
                new TreeMap<>(calls)
                        .forEach((action, count) -> lines.append(action)
                                .append(' ')
                                .append(count.sum())
                                .append('\n'));
                respond(exchange, 200, lines.toString(), "text/plain");
            }
            case "forget-calls" -> {
                calls.clear();
                respond(exchange, 200, "", "text/plain");
            }
            case "delay" -> {
                Map<String, String> delays = form(exchange.getRequestURI().getRawQuery());
                read = Duration.ofMillis(Long.parseLong(delays.get("read")));
                write = Duration.ofMillis(Long.parseLong(delays.get("write")));
                respond(exchange, 200, "", "text/plain");
            }
            case "copy-role" -> {
                roles.copy(
                        form(exchange.getRequestURI().getRawQuery()).get("of"),
                        body.lines().toList());
                respond(exchange, 200, "", "text/plain");
            }
            case "roles" -> respond(exchange, 200, roles.describe(), "text/plain");
            default -> respond(exchange, 404, body, "text/plain");
        }
    }

    private static void respond(HttpExchange exchange, int status, String body, String type) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
        exchange.close();
    }

    private static Map<String, String> form(String encoded) {
        Map<String, String> values = new HashMap<>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    /** What IAM says to a call. */
    record Answer(int status, String xml) {}
}
