import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.main.ServerRunner;

/**
 * Starts DynamoDB Local as its own main class does, but on the loopback interface only, without telemetry, and for no longer
 * than the LocalStack which started it. It has no options for the first and the last.
 */
public final class LoopbackDynamoDb {

    public static void main(String[] arguments) throws Exception {
        // LocalStack puts it into a session of its own: a LocalStack which is killed would leave it behind.
        ProcessHandle.current()
                .parent()
                .ifPresent(parent -> parent.onExit().thenRun(() -> Runtime.getRuntime().halt(0)));

        // Telemetry is set up by the main class we replace: not calling it is what switches it off.
        var proxy = ServerRunner.createServerFromCommandLineArgs(arguments);
        var field = proxy.getClass().getDeclaredField("server");
        field.setAccessible(true);
        for (var connector : ((Server) field.get(proxy)).getConnectors()) {
            ((ServerConnector) connector).setHost("127.0.0.1");
        }
        proxy.safeStart();
        proxy.join();
    }

    /** LocalStack insists on loading an agent (its own lifts a limit of 20 indexes). This one does nothing. */
    public static void premain(String arguments) {}
}
