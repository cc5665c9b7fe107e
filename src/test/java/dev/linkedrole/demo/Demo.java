package dev.linkedrole.demo;

import dev.linkedrole.connectmodel.ConnectServer;
import java.nio.file.Path;
import java.util.Map;

/** Main class of the demo. */
public final class Demo {

    private static final Path LOG = Path.of("target", "demo", "service.log");

    private Demo() {}

    /**
     * Runs the demo on the packaged service at the given path. Exits with 0 if every claim holds.
     *
     * @param args the path, and {@code connect} if Amazon Connect is the producer
     */
    public static void main(String[] args) throws Exception {
        System.exit(tell(args[0], args.length > 1 ? args[1] : "") ? 0 : 1);
    }

    private static boolean tell(String jar, String source) throws Exception {
        return switch (source) {
            case "" -> producer(jar);
            case "connect" -> connect(jar);
            default -> throw new IllegalArgumentException("SOURCE is connect or absent, not " + source);
        };
    }

    private static boolean producer(String jar) throws Exception {
        try (LocalAccount account = new LocalAccount();
                ServiceProcess service = start(jar, Map.of())) {
            return new ProducerStory(account, service).tell();
        }
    }

    private static boolean connect(String jar) throws Exception {
        ContactCentre centre = new ContactCentre();
        try (LocalAccount account = new LocalAccount();
                ConnectServer server = ConnectServer.start(centre::answer);
                ServiceProcess service = start(
                        jar,
                        Map.of(
                                "AWS_ENDPOINT_URL_CONNECT",
                                server.uri().toString(),
                                "LINKED_ROLE_CONNECT_EVERY",
                                ConnectStory.CHECK.toString()))) {
            return new ConnectStory(account, service, centre).tell();
        }
    }

    private static ServiceProcess start(String jar, Map<String, String> environment) throws Exception {
        System.out.println("== starting the service (its log: " + LOG + ")");
        ServiceProcess service = new ServiceProcess(jar, LOG, environment);
        try {
            service.awaitReady();
            return service;
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }
}
