package dev.linkedrole.intake;

import dev.linkedrole.config.ControllerConfig;
import dev.linkedrole.intake.envelope.MessageDecoder;
import dev.linkedrole.reconcile.event.EventHandler;
import dev.linkedrole.reconcile.event.RecordedFacts;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Consumers of the three channels. They differ only in their queue: an event is handled by its type.
 *
 * <p>A channel delivers the next batch when the {@code Uni} of the last has ended, so these end as soon as the handling
 * of the whole batch has begun. Each message is settled when its own handling ends, however long the others take, and
 * batches overlap as far as the limit of messages in flight allows.
 */
@Singleton
public class Consumers {

    private final Intake created;
    private final Intake enabled;
    private final Intake deleted;

    /** @param untraced true if no traces are exported; Quarkus's tracer would create spans even so */
    Consumers(
            Supplier<MessageDecoder> decoders,
            EventHandler handler,
            RecordedFacts facts,
            RejectionRecorder notice,
            MeterRegistry registry,
            Tracer exporting,
            ControllerConfig config,
            InstantSource clock,
            @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean untraced) {
        Tracer tracer = untraced ? TracerProvider.noop().get(Consumers.class.getName()) : exporting;
        Function<Channel, Intake> intake = channel -> new Intake(
                decoders,
                handler,
                facts,
                notice,
                new ChannelMetrics(registry, channel, clock),
                new MessageTraces(tracer, channel),
                new IntakeLog(channel.queueName(config.queues())));
        this.created = intake.apply(Channel.INSTANCE_CREATED);
        this.enabled = intake.apply(Channel.FEATURE_ENABLED);
        this.deleted = intake.apply(Channel.INSTANCE_DELETED);
    }

    @Incoming(Channel.CREATED)
    Uni<Void> instanceCreated(MessageBatch batch) {
        return begin(batch, created);
    }

    @Incoming(Channel.ENABLED)
    Uni<Void> featureEnabled(MessageBatch batch) {
        return begin(batch, enabled);
    }

    @Incoming(Channel.DELETED)
    Uni<Void> instanceDeleted(MessageBatch batch) {
        return begin(batch, deleted);
    }

    private static Uni<Void> begin(MessageBatch batch, Intake intake) {
        return Uni.createFrom().voidItem().invoke(() -> intake.handle(batch.deliveries()));
    }
}
