package dev.linkedrole.testing.aws;

import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Operator;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Test resource that gives the service under {@code @QuarkusTest} a deployment of its own. */
public final class LocalAwsResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        LocalAws.require();
        return configuration(Deployment.provision());
    }

    static Map<String, String> configuration(Deployment deployment) {
        Map<String, String> configuration = new HashMap<>(deployment.properties());
        configuration.put("quarkus.http.test-port", "0");
        configuration.put("quarkus.management.test-port", "0");
        // Emulators poll for each receiver; tests start the resync themselves.
        configuration.put("linked-role.intake.concurrency", "2");
        configuration.put("linked-role.intake.first-backoff", "1s");
        configuration.put("linked-role.resync.every", "24h");
        configuration.put("linked-role.api.password", Operator.PASSWORD);
        configuration.put("linked-role.api.token", Operator.TOKEN);
        return configuration;
    }

    /** Leaves the local AWS running until the process ends, since other tests may still use it. */
    @Override
    public void stop() {}
}
