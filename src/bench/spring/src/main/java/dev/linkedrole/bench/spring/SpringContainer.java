package dev.linkedrole.bench.spring;

import dev.linkedrole.bench.worker.Contender;
import dev.linkedrole.bench.worker.Work;
import io.awspring.cloud.sqs.listener.AsyncMessageListener;
import io.awspring.cloud.sqs.listener.BackPressureMode;
import io.awspring.cloud.sqs.listener.SqsContainerOptionsBuilder;
import io.awspring.cloud.sqs.listener.SqsMessageListenerContainer;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/** Its message listener container with an asynchronous listener: {@code default} or {@code tuned}. */
public final class SpringContainer implements Contender {

    private final boolean tuned;

    public SpringContainer(String variant) {
        this.tuned = "tuned".equals(variant);
    }

    @Override
    public Consuming begin(SqsAsyncClient sqs, String queueUrl, Work work) {
        AsyncMessageListener<String> listener = message -> work.handle(message.getPayload());
        SqsMessageListenerContainer<String> container = SqsMessageListenerContainer.<String>builder()
                .sqsAsyncClient(sqs)
                .queueNames(queueUrl)
                .asyncMessageListener(listener)
                .configure(options -> {
                    // The only thing in common: it is not to keep the measurement waiting when all is done.
                    options.listenerShutdownTimeout(Duration.ofSeconds(2))
                            .acknowledgementShutdownTimeout(Duration.ofSeconds(2));
                    if (tuned) {
                        tune(options);
                    }
                })
                .build();
        container.start();
        return () -> stop(container);
    }

    private static void stop(SqsMessageListenerContainer<String> container) {
        try {
            container.stop();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof ConcurrentModificationException)) {
                throw e;
            }
            // It trips over its own list of polls while it cancels them (4.0.0). Those left over end by themselves.
        }
    }

    private static void tune(SqsContainerOptionsBuilder options) {
        options.maxConcurrentMessages(Integer.getInteger("bench.spring.concurrent", 320))
                .maxMessagesPerPoll(Integer.getInteger("bench.spring.poll", 10))
                .backPressureMode(
                        BackPressureMode.valueOf(System.getProperty("bench.spring.mode", "FIXED_HIGH_THROUGHPUT")))
                .acknowledgementThreshold(Integer.getInteger("bench.spring.threshold", 10))
                .acknowledgementInterval(Duration.ofMillis(Integer.getInteger("bench.spring.interval", 1000)));
    }
}
