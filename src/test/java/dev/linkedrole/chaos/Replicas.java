package dev.linkedrole.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.ServiceProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Several processes of the packaged service that share the work. */
final class Replicas implements AutoCloseable {

    /** Settings with short waits, so that abandoned work is repeated soon. */
    private static final Map<String, String> HASTE = Map.ofEntries(
            Map.entry("LINKED_ROLE_INTAKE_CONCURRENCY", "2"),
            Map.entry("LINKED_ROLE_INTAKE_FIRST_BACKOFF", "1s"),
            Map.entry("LINKED_ROLE_INTAKE_LONGEST_BACKOFF", "4s"),
            Map.entry("LINKED_ROLE_INTAKE_LONG_POLL", "1s"),
            Map.entry("LINKED_ROLE_RESYNC_EVERY", "20s"),
            Map.entry("LINKED_ROLE_RESYNC_CONCURRENCY", "4"),
            Map.entry("LINKED_ROLE_IAM_ATTEMPT_TIMEOUT", "2s"),
            Map.entry("LINKED_ROLE_IAM_TIMEOUT", "8s"),
            Map.entry("QUARKUS_SQS_API_CALL_ATTEMPT_TIMEOUT", "6S"),
            Map.entry("QUARKUS_SQS_API_CALL_TIMEOUT", "20S"),
            // Several processes restart frequently on few cores, and none lives long enough for more optimization.
            Map.entry("JAVA_TOOL_OPTIONS", "-Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"));

    private final Deployment deployment;
    private final Map<String, String> environment = new HashMap<>(HASTE);
    private final List<ServiceProcess> running = new ArrayList<>();

    Replicas(Deployment deployment, FaultyProxy aws, int count) {
        this.deployment = deployment;
        environment.putAll(aws.environment());
        for (int i = 0; i < count; i++) {
            running.add(start());
        }
        running.forEach(ServiceProcess::awaitReady);
    }

    private ServiceProcess start() {
        return ServiceProcess.start(deployment, environment);
    }

    /**
     * Kills one replica, sometimes two, as a power cut would, and starts new ones. Waits until they are ready, so that
     * some replica is working even on a slow machine.
     *
     * @return number of killed replicas
     */
    int killSome(Random random) {
        int victims = random.nextInt(4) == 0 ? 2 : 1;
        int first = random.nextInt(running.size());
        for (int i = 0; i < victims; i++) {
            int victim = (first + i) % running.size();
            running.get(victim).close();
            running.set(victim, start());
        }
        running.forEach(ServiceProcess::awaitReady);
        return victims;
    }

    /**
     * Replaces one replica after the other, as a rollout of a new version does; each has to stop in an orderly way and
     * in time.
     */
    void rollOver() {
        for (int i = 0; i < running.size(); i++) {
            ServiceProcess old = running.get(i);
            running.set(i, start().awaitReady());
            assertThat(old.terminate()).as("the exit status of replica %d", i).isZero();
            old.close();
        }
    }

    @Override
    public void close() {
        running.forEach(ServiceProcess::close);
    }
}
