package dev.linkedrole.testing.iam;

import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.testing.aws.AwsTestClients;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Reads a role's permissions after each call that may have changed them. */
public final class PermissionProbe implements ExecutionInterceptor {

    private final IamReader iam = new IamReader(AwsTestClients.PLAIN_IAM);
    private final RoleName role;
    private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());

    public PermissionProbe(RoleName role) {
        this.role = role;
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        String call = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        if (!call.startsWith("Get") && !call.startsWith("List") && iam.exists(role)) {
            seen.add(new Seen(call, iam.permissions(role)));
        }
    }

    /** Fails if any of these permissions was ever missing since the last reset. */
    public void requireNeverMissing(Set<Permission> permissions) {
        for (Seen moment : seen) {
            if (!moment.permissions().containsAll(permissions)) {
                throw new AssertionError("something was missing after " + moment.call() + " of "
                        + seen.stream().map(Seen::call).toList());
            }
        }
    }

    public void forget() {
        seen.clear();
    }

    /**
     * Permissions of the role after a call.
     *
     * @param call its name
     */
    private record Seen(String call, SortedSet<Permission> permissions) {}
}
