package dev.linkedrole.testing.aws;

import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Operator;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Test resource that gives the service under {@code @QuarkusTest} a deployment of its own, and so the packaged one under
 * {@code @QuarkusIntegrationTest}, whose test gets it in a field.
 */
public final class LocalAwsResource implements QuarkusTestResourceLifecycleManager {

    private @Nullable Deployment deployment;

    @Override
    public Map<String, String> start() {
        LocalAws.require();
        deployment = Deployment.provision();
        Map<String, String> configuration = configuration(deployment);
        // A process of its own does not have this one's.
        configuration.putAll(LocalAws.properties());
        // Any free port, as for HTTP: two test runs on one machine would both want 9000, and Quarkus 3.34.1 does not
        // get ready with a fixed one beside a free one.
        configuration.put("quarkus.management.port", "0");
        return configuration;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(deployment, new TestInjector.MatchesType(Deployment.class));
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
