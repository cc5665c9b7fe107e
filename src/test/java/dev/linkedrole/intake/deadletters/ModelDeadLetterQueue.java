package dev.linkedrole.intake.deadletters;

import dev.linkedrole.intake.consumer.MessageAttribute;
import dev.linkedrole.intake.consumer.ReceivedMessage;
import dev.linkedrole.testing.time.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Dead-letter queue in memory and in virtual time, whose calls fail as a test wants them to. */
final class ModelDeadLetterQueue implements DeadLetterQueue {

    /** A message with the time until which it is hidden. */
    private static final class Stored {
        private final ReceivedMessage message;
        private Instant hiddenUntil = Instant.MIN;

        Stored(ReceivedMessage message) {
            this.message = message;
        }
    }

    private final String name;
    private final ManualTime time;
    private final List<Stored> stored = new ArrayList<>();
    private final Set<String> failing = new HashSet<>();

    /** Messages that were sent to the queue, in their order. */
    final List<ReceivedMessage> sent = new ArrayList<>();

    /** Calls in their order. */
    final List<String> calls = new ArrayList<>();

    private Predicate<ReceivedMessage> unsendable = message -> false;
    private Consumer<ReceivedMessage> consumer = message -> {};
    private Duration eachReceive = Duration.ZERO;
    private int numbers;

    ModelDeadLetterQueue(String name, ManualTime time) {
        this.name = name;
        this.time = time;
    }

    /** Adds a message that was rejected, and returns its id. */
    String rejected(String body, String reason) {
        return add(
                body,
                Map.of(
                        RejectionAttributes.REASON,
                        text(reason),
                        RejectionAttributes.DETAIL,
                        text("because of " + reason),
                        RejectionAttributes.AT,
                        text(time.instant().toString()),
                        "tenant",
                        text("acme")));
    }

    String add(String body, Map<String, MessageAttribute> attributes) {
        String id = name + "-" + numbers++;
        stored.add(new Stored(
                new ReceivedMessage(id, "receipt", body, 1, Optional.empty(), Optional.empty(), attributes)));
        return id;
    }

    static MessageAttribute text(String value) {
        return new MessageAttribute.Text("String", value);
    }

    /** Fails every call of a kind from now on: open, receive, send, delete or return. */
    void fail(String call) {
        failing.add(call);
    }

    void failToSend(Predicate<ReceivedMessage> which) {
        unsendable = which;
    }

    /** Handles each message at the moment at which it is sent. */
    void consumer(Consumer<ReceivedMessage> handler) {
        consumer = handler;
    }

    /** Lets each receive take so long. */
    void slow(Duration each) {
        eachReceive = each;
    }

    List<String> ids() {
        return stored.stream().map(each -> each.message.id()).toList();
    }

    /** Lists the messages that a reader would get now. */
    List<String> visible() {
        return stored.stream()
                .filter(each -> !each.hiddenUntil.isAfter(time.instant()))
                .map(each -> each.message.id())
                .toList();
    }

    @Override
    public String queue() {
        return name;
    }

    @Override
    public Uni<Traits> open() {
        return call("open", () -> new Traits(name + "-dlq", stored.size()));
    }

    @Override
    public Uni<List<ReceivedMessage>> receive(int most, Duration hidden) {
        return call("receive", () -> {
            time.pass(eachReceive);
            List<ReceivedMessage> received = new ArrayList<>();
            for (Stored each : stored) {
                if (received.size() < most && !each.hiddenUntil.isAfter(time.instant())) {
                    each.hiddenUntil = time.instant().plus(hidden);
                    received.add(each.message);
                }
            }
            return received;
        });
    }

    @Override
    public Uni<Void> send(ReceivedMessage message, Instant redrivenAt) {
        return call("send", () -> {
                    if (unsendable.test(message)) {
                        throw new IllegalStateException("not allowed to send");
                    }
                    Map<String, MessageAttribute> attributes = new HashMap<>(message.attributes());
                    attributes.keySet().removeAll(RejectionAttributes.OF_REJECTION);
                    attributes.put(RejectionAttributes.REDRIVEN_AT, text(redrivenAt.toString()));
                    ReceivedMessage copy = new ReceivedMessage(
                            message.id(), "", message.body(), 1, Optional.empty(), Optional.empty(), attributes);
                    sent.add(copy);
                    consumer.accept(copy);
                    return Objects.requireNonNull(copy);
                })
                .replaceWithVoid();
    }

    @Override
    public Uni<Integer> delete(List<ReceivedMessage> messages) {
        return call("delete", () -> {
            stored.removeIf(each -> has(messages, each));
            return 0;
        });
    }

    @Override
    public Uni<Integer> giveBack(List<ReceivedMessage> messages) {
        return call("return", () -> {
            stored.stream().filter(each -> has(messages, each)).forEach(each -> each.hiddenUntil = Instant.MIN);
            return 0;
        });
    }

    private static boolean has(List<ReceivedMessage> messages, Stored one) {
        return messages.stream().anyMatch(message -> message.id().equals(one.message.id()));
    }

    private <T> Uni<T> call(String kind, Supplier<T> answer) {
        return Uni.createFrom().item(() -> {
            calls.add(kind);
            if (failing.contains(kind)) {
                throw new IllegalStateException("no answer to " + kind);
            }
            return answer.get();
        });
    }
}
