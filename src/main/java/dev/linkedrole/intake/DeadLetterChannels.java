package dev.linkedrole.intake;

import dev.linkedrole.config.ControllerConfig;
import dev.linkedrole.intake.deadletters.DeadLetterQueue;
import dev.linkedrole.intake.deadletters.DeadLetters;
import dev.linkedrole.intake.deadletters.RedriveMetrics;
import dev.linkedrole.intake.sqs.SqsDeadLetterQueue;
import dev.linkedrole.retry.Retry;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/** The dead-letter queues of the channels. */
@Singleton
public class DeadLetterChannels {

    /** Creates them at the start, and with them the series of their metrics. */
    void start(@Observes StartupEvent event, DeadLetters letters) {}

    @Produces
    @Singleton
    DeadLetters deadLetters(
            SqsAsyncClient sqs, MeterRegistry registry, ControllerConfig config, Retry retry, InstantSource clock) {
        List<DeadLetterQueue> queues = new ArrayList<>();
        Map<String, String> channels = new HashMap<>();
        for (Channel channel : Channel.values()) {
            String name = channel.queueName(config.queues());
            // Channels may share a queue, whose messages are to be listed once.
            if (channels.putIfAbsent(name, channel.channel()) == null) {
                queues.add(new SqsDeadLetterQueue(sqs, name, clock));
            }
        }
        return new DeadLetters(queues, new RedriveMetrics(registry, channels), retry, clock);
    }
}
