package dev.linkedrole.testing.aws;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Records the name of each call that a client sends, retries included. */
public final class CallCounts implements ExecutionInterceptor {

    private static final Set<String> READING = Set.of("Get", "BatchGet", "List", "Query");

    private final Queue<String> calls = new ConcurrentLinkedQueue<>();

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        calls.add(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
    }

    /** Returns all calls since the last time, in their order. */
    public List<String> take() {
        List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    /** Returns the calls since the last time that could change anything. */
    public List<String> takeWrites() {
        return take().stream()
                .filter(call -> READING.stream().noneMatch(call::startsWith))
                .toList();
    }
}
