package dev.linkedrole.reconcile;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** The single calls to IAM of a replica that dies: a step may take several. */
record MortalCalls(Mortality mortality) implements ExecutionInterceptor {

    private static final ExecutionAttribute<Boolean> LAST =
            new ExecutionAttribute<>("last-call-of-" + MortalCalls.class);

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        attributes.putAttribute(LAST, mortality.beginCall());
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        if (attributes.getAttribute(LAST)) {
            throw new Mortality.DeathException();
        }
    }
}
