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

    /** Everything that waits, waits shortly, so that what was left behind comes again soon. */
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
            // Several of them start again and again on few cores, and none lives long enough for more.
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
     * Ends one as a power cut would, whatever it is doing, and now and then another one with it; and starts new ones in their places.
     * Waits until they are there, so that on a slow machine, too, some replica is at work.
     *
     * @return how many were ended
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

    /** Replaces one after the other, as a deployment of a new version does; each has to go in peace and in time. */
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
