package dev.linkedrole.testing.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** HTTP proxy between a service and the local AWS, with a thread for each exchange. */
public final class AwsProxy implements AutoCloseable {

    private static final int BACKLOG = 512;

    private static final String ENDPOINT = "AWS_ENDPOINT_URL";
    private static final Pattern SIGNED_FOR = Pattern.compile("Credential=[^/]+/[^/]+/[^/]+/([^/]+)/");

    private static final Set<String> NOT_PASSED_ON =
            Set.of("host", "connection", "content-length", "expect", "upgrade", "http2-settings", "transfer-encoding");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private AwsProxy(HttpServer server) {
        this.server = server;
    }

    public static AwsProxy start(HttpHandler handler) {
        try {
            AwsProxy proxy = new AwsProxy(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG));
            proxy.server.setExecutor(proxy.threads);
            proxy.server.createContext("/", handler);
            proxy.server.start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Environment variables that direct all calls of a service to this proxy. */
    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        LocalAws.environment().keySet().stream()
                .filter(name -> name.startsWith(ENDPOINT))
                .forEach(name -> environment.put(name, url()));
        return environment;
    }

    /** Name of the service that a call is signed for; empty if it is not signed. */
    public static String serviceOf(HttpExchange exchange) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        Matcher signed = SIGNED_FOR.matcher(authorization == null ? "" : authorization);
        return signed.find() ? signed.group(1) : "";
    }

    /** Fields of a call that is a form, as those to IAM, STS and SNS are. */
    public static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                        (one, two) -> one));
    }

    /** Forwards a call to the endpoint of its service at the local AWS. */
    public HttpResponse<byte[]> passOn(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        Map<String, String> aws = LocalAws.environment();
        String own = ENDPOINT + "_" + serviceOf(exchange).toUpperCase(Locale.ROOT);
        return passOn(exchange, URI.create(Objects.requireNonNull(aws.getOrDefault(own, aws.get(ENDPOINT)))), body);
    }

    /** Forwards a call to AWS. */
    public HttpResponse<byte[]> passOn(HttpExchange exchange, URI aws, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(aws.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (isPassedOn(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Returns the response to the client. */
    public static void passBack(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
        response.headers().map().forEach((name, values) -> {
            if (isPassedOn(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        send(exchange, response.statusCode(), response.body());
    }

    public static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static boolean isPassedOn(String header) {
        return !NOT_PASSED_ON.contains(header.toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        http.close();
    }
}
