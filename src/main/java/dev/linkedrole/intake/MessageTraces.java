package dev.linkedrole.intake;

import dev.linkedrole.intake.consumer.Delivery;
import dev.linkedrole.intake.consumer.MessageAttribute;
import dev.linkedrole.intake.consumer.ReceivedMessage;
import dev.linkedrole.intake.envelope.BodyTrace;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.contrib.awsxray.propagator.AwsXrayPropagator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Continues the traces of the messages' senders. Each message has its own trace, so a batch has no span.
 *
 * <p>A trace is named by the attributes {@code traceparent} and {@code tracestate}, or else by AWS's own trace header,
 * or else in the body: by the attributes that SNS puts there without raw delivery, or by the extension of a CloudEvent.
 * No other data of the sender is used, nor its baggage.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 * @see <a href="https://docs.aws.amazon.com/xray/latest/devguide/xray-services-sqs.html">SQS and X-Ray</a>
 */
final class MessageTraces {

    private static final String X_RAY = "x-amzn-trace-id";

    /** Propagators in order of precedence: the last one that finds a trace wins. */
    private static final TextMapPropagator PROPAGATOR =
            TextMapPropagator.composite(AwsXrayPropagator.getInstance(), W3CTraceContextPropagator.getInstance());

    private static final AttributeKey<String> MESSAGE_ID = AttributeKey.stringKey("messaging.message.id");

    private final Tracer tracer;
    private final String name;
    private final Attributes attributes;

    /**
     * @param tracer creates the spans; a no-op tracer costs next to nothing
     * @param channel the channel of the messages
     */
    MessageTraces(Tracer tracer, Channel channel) {
        this.tracer = tracer;
        this.name = "process " + channel.channel();
        this.attributes = Attributes.of(
                AttributeKey.stringKey("messaging.system"), "aws_sqs",
                AttributeKey.stringKey("messaging.operation.type"), "process",
                AttributeKey.stringKey("messaging.destination.name"), channel.channel());
    }

    /** Begins the span of a message, which ends when the message is settled. */
    TracedDelivery begin(Delivery delivery) {
        ReceivedMessage message = delivery.message();
        Span span = tracer.spanBuilder(name)
                .setParent(parent(message))
                .setSpanKind(SpanKind.CONSUMER)
                .setAllAttributes(attributes)
                .setAttribute(MESSAGE_ID, message.id())
                .startSpan();
        return new TracedDelivery(delivery, span);
    }

    private static Context parent(ReceivedMessage message) {
        Context context = Context.root();
        for (Map<String, String> named : BodyTrace.in(message.body())) {
            context = W3CTraceContextPropagator.getInstance().extract(context, named, Texts.INSTANCE);
        }
        return PROPAGATOR.extract(context, message, Headers.INSTANCE);
    }

    /** Getter of the trace context in a body. */
    private enum Texts implements TextMapGetter<Map<String, String>> {
        INSTANCE;

        @Override
        public Iterable<String> keys(Map<String, String> texts) {
            return texts.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> texts, String key) {
            return texts == null ? null : texts.get(key);
        }
    }

    /** Getter of the trace context in a message's attributes. */
    private enum Headers implements TextMapGetter<ReceivedMessage> {
        INSTANCE;

        @Override
        public Iterable<String> keys(ReceivedMessage message) {
            return message.attributes().keySet();
        }

        @Override
        public @Nullable String get(@Nullable ReceivedMessage message, String key) {
            if (message == null) {
                return null;
            }
            // SQS sets this header itself; a message attribute of the same name is only the sender's.
            if (key.toLowerCase(Locale.ROOT).equals(X_RAY)) {
                return message.traceHeader().orElse(null);
            }
            return message.attributes().get(key) instanceof MessageAttribute.Text text ? text.value() : null;
        }
    }
}
