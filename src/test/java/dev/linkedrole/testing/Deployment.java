package dev.linkedrole.testing;

import dev.linkedrole.testing.aws.Commands;
import dev.linkedrole.testing.aws.Inbox;
import dev.linkedrole.testing.aws.LocalAws;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Queues and a table of one's own, so that nobody else's messages and roles come in between. Made by {@code
 * deploy/provision}, as a deployment anywhere else is.
 *
 * @param name what the stack and the names of all its parts begin with
 * @param fifo whether its queues are FIFO queues
 */
public record Deployment(String name, boolean fifo) {

    private static final String PREFIX = "linked-role.";

    /**
     * Makes one.
     *
     * @param parameters of {@code deploy/resources.yaml}, as {@code Key=Value}
     */
    public static Deployment provision(String... parameters) {
        return provision(false, parameters);
    }

    /** Makes one with FIFO queues. */
    public static Deployment provisionFifo(String... parameters) {
        return provision(true, parameters);
    }

    private static Deployment provision(boolean fifo, String... parameters) {
        Deployment deployment = nowhere(fifo);
        deployment.make(parameters);
        return deployment;
    }

    /** Makes the queues and the table, where there was only a name. */
    public void make(String... parameters) {
        List<String> command = new ArrayList<>();
        command.add(LocalAws.projectDirectory().resolve("deploy/provision").toString());
        command.addAll(List.of(parameters));
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("STACK", name);
        Commands.run(command, environment);
    }

    /** One that has a name, and nothing else yet. */
    public static Deployment nowhere() {
        return nowhere(false);
    }

    private static Deployment nowhere(boolean fifo) {
        return new Deployment("test-" + UUID.randomUUID().toString().substring(0, 13), fifo);
    }

    public String table() {
        return name + "-roles";
    }

    /** The name of a queue. */
    public String queue(Inbox inbox) {
        return name + "-" + inbox.name().toLowerCase(Locale.ROOT).replace('_', '-') + (fifo ? ".fifo" : "");
    }

    /** What the service has to be told to use it, as properties. */
    public Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        for (Inbox inbox : Inbox.values()) {
            properties.put(
                    PREFIX + "queues." + inbox.name().toLowerCase(Locale.ROOT).replace('_', '-'), queue(inbox));
        }
        properties.put(PREFIX + "table", table());
        return properties;
    }

    /** The same as environment variables, with where AWS is. */
    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(LocalAws.environment());
        properties().forEach((property, value) -> environment.put(variable(property), value));
        return environment;
    }

    private static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The deployment that a service with these properties uses. */
    public static Deployment ofTable(String table) {
        String name = table.substring(0, table.length() - "-roles".length());
        return new Deployment(Objects.requireNonNull(name), false);
    }
}
