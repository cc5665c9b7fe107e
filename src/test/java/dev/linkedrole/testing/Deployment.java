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
 * Queues and a table of a test's own, which isolate it from other tests. Created from {@code deploy/resources.yaml}, as
 * any other deployment.
 *
 * @param name prefix of the names of the stack and its resources
 * @param fifo true if its queues are FIFO queues
 */
public record Deployment(String name, boolean fifo) {

    private static final String PREFIX = "linked-role.";

    /**
     * Provisions a deployment from this process: {@code deploy/provision} starts a command line for each call, which
     * takes seconds.
     *
     * @param parameters of {@code deploy/resources.yaml}, as {@code Key=Value}
     */
    public static Deployment provision(String... parameters) {
        Deployment deployment = nowhere(false);
        List<String> all = new ArrayList<>(deployment.parameters());
        all.addAll(List.of(parameters));
        new Stack(deployment.name, "resources.yaml").create(all);
        return deployment;
    }

    /** The names of its resources, as parameters of the templates in {@code deploy}. */
    public List<String> parameters() {
        return List.of(
                "InstanceCreatedQueue=" + queue(Inbox.INSTANCE_CREATED),
                "FeatureEnabledQueue=" + queue(Inbox.FEATURE_ENABLED),
                "InstanceDeletedQueue=" + queue(Inbox.INSTANCE_DELETED),
                "Table=" + table());
    }

    /** Provisions a deployment by {@code deploy/provision}, as an operator does. */
    public static Deployment provisionByScript(String... parameters) {
        Deployment deployment = nowhere(false);
        deployment.make(parameters);
        return deployment;
    }

    /** Provisions a deployment with FIFO queues by {@code deploy/provision}. */
    public static Deployment provisionFifo(String... parameters) {
        Deployment deployment = nowhere(true);
        deployment.make(parameters);
        return deployment;
    }

    /** Provisions by {@code deploy/provision} the queues and the table of a deployment that had only a name. */
    public void make(String... parameters) {
        List<String> command = new ArrayList<>();
        command.add(LocalAws.projectDirectory().resolve("deploy/provision").toString());
        command.addAll(List.of(parameters));
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("STACK", name);
        Commands.run(command, environment);
    }

    /** Deployment with a name only; nothing is provisioned. */
    public static Deployment nowhere() {
        return nowhere(false);
    }

    private static Deployment nowhere(boolean fifo) {
        return new Deployment("test-" + UUID.randomUUID().toString().substring(0, 13), fifo);
    }

    public String table() {
        return name + "-roles";
    }

    /** Returns the name of a queue. */
    public String queue(Inbox inbox) {
        return name + "-" + inbox.name().toLowerCase(Locale.ROOT).replace('_', '-') + (fifo ? ".fifo" : "");
    }

    /** Configuration properties for a service that uses this deployment. */
    public Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        for (Inbox inbox : Inbox.values()) {
            properties.put(
                    PREFIX + "queues." + inbox.name().toLowerCase(Locale.ROOT).replace('_', '-'), queue(inbox));
        }
        properties.put(PREFIX + "table", table());
        return properties;
    }

    /** Environment variables for a service that uses this deployment, including the AWS endpoint. */
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
