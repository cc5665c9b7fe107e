package dev.linkedrole.testing.aws;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Proxy to the local AWS that can delay or reject calls. Like a load balancer, it completes a call even if its client
 * has disconnected.
 */
public final class HoldingProxy implements AutoCloseable {

    private final AwsProxy proxy;
    private final Set<String> rejected = ConcurrentHashMap.newKeySet();
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger rejections = new AtomicInteger();
    private volatile Predicate<String> holds = body -> false;
    private volatile CountDownLatch release = new CountDownLatch(1);

    private HoldingProxy() {
        this.proxy = AwsProxy.start(this::answer);
    }

    public static HoldingProxy start() {
        return new HoldingProxy();
    }

    /** Environment variables that direct all calls of a service to this proxy. */
    public Map<String, String> environment() {
        return proxy.environment();
    }

    /** Rejects later calls to a service, given by its signing name. */
    public void reject(String service) {
        rejected.add(service);
    }

    public void admit(String service) {
        rejected.remove(service);
    }

    /** Number of rejected calls. */
    public int rejections() {
        return rejections.get();
    }

    /** Delays later calls whose body matches, until they are released. */
    public void hold(Predicate<String> body) {
        release = new CountDownLatch(1);
        held.set(0);
        holds = body;
    }

    /** Returns the number of calls that were or are delayed. */
    public int held() {
        return held.get();
    }

    /** Releases all delayed calls. */
    public void release() {
        holds = body -> false;
        release.countDown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String service = AwsProxy.serviceOf(exchange);
            if (rejected.contains(service)) {
                rejections.incrementAndGet();
                exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
                AwsProxy.send(
                        exchange,
                        503,
                        "{\"__type\":\"ServiceUnavailable\",\"message\":\"on purpose\"}"
                                .getBytes(StandardCharsets.UTF_8));
                return;
            }
            if (holds.test(new String(body, StandardCharsets.UTF_8))) {
                CountDownLatch end = release;
                held.incrementAndGet();
                end.await();
            }
            AwsProxy.passBack(exchange, proxy.passOn(exchange, body));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        release();
        proxy.close();
    }
}
