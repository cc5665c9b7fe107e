package dev.linkedrole.simulation.races;

import java.util.Set;

/** The methods of the service that make remote calls. */
public final class CallSites {

    private static final String GATED = "GatedGateway";

    private static final Set<String> PORTS = Set.of(
            "WatchedLedger",
            "WatchedAssociations",
            "WatchedGateway",
            "WatchedLeases",
            "WatchedInventory",
            "WatchedOutbox",
            "WatchedGate",
            "ForwardingGateway",
            GATED);

    private CallSites() {}

    /**
     * Returns the present caller of a port, and the call.
     *
     * @param gated what this was when the gate before a write was asked, which is no more on the stack once the gate
     *     has answered
     */
    public static String caller(String gated) {
        boolean afterGate = StackWalker.getInstance()
                .walk(frames ->
                        frames.anyMatch(frame -> simple(frame.getClassName()).equals(GATED)
                                && frame.getMethodName().startsWith("lambda$")));
        return afterGate ? gated : caller();
    }

    /** Returns the present caller of a port, and the call: {@code RoleUpserter.comparing > read}. */
    public static String caller() {
        return StackWalker.getInstance().walk(frames -> {
            String[] port = {""};
            return frames.filter(frame -> frame.getClassName().startsWith("dev.linkedrole."))
                    .dropWhile(frame -> {
                        boolean isPort = PORTS.contains(simple(frame.getClassName()));
                        if (isPort) {
                            port[0] = frame.getMethodName();
                        }
                        return isPort
                                || simple(frame.getClassName()).equals("CallSites")
                                || simple(frame.getClassName()).equals("CrashingProcess");
                    })
                    .findFirst()
                    .map(frame -> simple(frame.getClassName()) + "." + method(frame.getMethodName()) + " > " + port[0])
                    .orElse("nobody > " + port[0]);
        });
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1).replaceFirst("\\$.*", "");
    }

    /** Returns the method that contains a lambda, or the method itself. */
    private static String method(String name) {
        return name.startsWith("lambda$")
                ? name.substring("lambda$".length(), name.indexOf('$', "lambda$".length()))
                : name;
    }
}
