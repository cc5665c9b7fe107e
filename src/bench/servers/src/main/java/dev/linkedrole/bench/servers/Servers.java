package dev.linkedrole.bench.servers;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linkedrole.bench.worker.Worker;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/** The servers in one process, which says at which ports they are and ends with its input: {@code Servers READ-MILLIS WRITE-MILLIS}. */
public final class Servers {

    private static final String LOOPBACK = "127.0.0.1";

    private Servers() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream replies = System.out;
        Duration read = Duration.ofMillis(Long.parseLong(arguments[0]));
        Duration write = Duration.ofMillis(Long.parseLong(arguments[1]));

        SQSRestServer sqs =
                SQSRestServerBuilder.withInterface(LOOPBACK).withDynamicPort().start();
        int sqsPort = sqs.waitUntilStarted().localAddress().getPort();
        int dynamoDbPort = freePort();
        dynamoDb(dynamoDbPort).start();
        IamEndpoint iam = IamEndpoint.start(LOOPBACK, read, write);

        replies.println(Worker.REPLY
                + new ObjectMapper()
                        .writeValueAsString(Map.of("sqs", sqsPort, "dynamodb", dynamoDbPort, "iam", iam.port())));
        while (System.in.read() >= 0) {
            // Nothing is said to it but that it is over.
        }
        Runtime.getRuntime().halt(0);
    }

    /** As its own main class does it, but on the loopback interface only and without telemetry, for which it has no options. */
    private static DynamoDBProxyServer dynamoDb(int port) throws Exception {
        DynamoDBProxyServer proxy = ServerRunner.createServerFromCommandLineArgs(
                new String[] {"-inMemory", "-sharedDb", "-port", Integer.toString(port), "-disableTelemetry"});
        var field = proxy.getClass().getDeclaredField("server");
        field.setAccessible(true);
        for (var connector : ((Server) field.get(proxy)).getConnectors()) {
            ((ServerConnector) connector).setHost(LOOPBACK);
        }
        return proxy;
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            return socket.getLocalPort();
        }
    }
}
