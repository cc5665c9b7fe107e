package dev.linkedrole.bench.smallrye;

import dev.linkedrole.bench.worker.Contender;
import dev.linkedrole.bench.worker.Work;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * The connector in a CDI container: {@code default}; {@code tuned} by its own options; or {@code batching}: tuned, and with
 * an acknowledgement that deletes in batches.
 */
public final class SmallRyeConnector implements Contender {

    private static final String CHANNEL = "mp.messaging.incoming.bench.";

    /** Above everything else that configures. */
    private static final int ORDINAL = 1000;

    private final String variant;

    public SmallRyeConnector(String variant) {
        this.variant = variant;
    }

    @Override
    public Consuming begin(SqsAsyncClient sqs, String queueUrl, Work work) {
        Current.set(sqs, work);
        ConfigProviderResolver resolver = ConfigProviderResolver.instance();
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .forClassLoader(getClass().getClassLoader())
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(channel(queueUrl), "bench", ORDINAL))
                .build();
        resolver.registerConfig(config, getClass().getClassLoader());
        WeldContainer container = new Weld().initialize();
        return () -> {
            container.shutdown();
            resolver.releaseConfig(config);
        };
    }

    private Map<String, String> channel(String queueUrl) {
        Map<String, String> properties = new HashMap<>();
        properties.put(CHANNEL + "connector", "smallrye-sqs");
        properties.put(CHANNEL + "queue", queueUrl.substring(queueUrl.lastIndexOf('/') + 1));
        properties.put(CHANNEL + "queue.url", queueUrl);
        properties.put(CHANNEL + "tracing-enabled", "false");
        if (!"default".equals(variant)) {
            properties.put(CHANNEL + "max-number-of-messages", "10");
            properties.put(CHANNEL + "wait-time-seconds", "20");
            properties.put(CHANNEL + "concurrency", System.getProperty("bench.smallrye.concurrency", "8"));
        }
        if ("batching".equals(variant)) {
            properties.put(CHANNEL + "ack-strategy", "batching");
        }
        return properties;
    }
}
