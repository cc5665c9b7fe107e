package dev.linkedrole.retry;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Name of the call that failed, attached as a suppressed exception to the SDK's exceptions, which lack it. */
public final class FailedCall extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private FailedCall(String service, @Nullable String operation) {
        super(service + " " + operation, null, false, false);
    }

    /**
     * Interceptor that adds the name; registered for every client of the SDK by {@code
     * software/amazon/awssdk/global/handlers/execution.interceptors}.
     */
    public static final class Naming implements ExecutionInterceptor {

        @Override
        public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes) {
            Throwable failure = context.exception();
            String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
            if (service != null) {
                failure.addSuppressed(
                        new FailedCall(service, attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME)));
            }
            return failure;
        }
    }
}
