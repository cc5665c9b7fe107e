package dev.linkedrole.simulation.world;

import dev.linkedrole.intake.consumer.ReceivedMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Model of a standard queue of SQS: received messages are hidden for a while and are redelivered, in any order and
 * sometimes twice, and messages that are received too often move to the dead-letter queue.
 *
 * @see
 *     <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues-at-least-once-delivery.html">At-least-once
 *     delivery</a>
 */
public final class ModelQueue {

    /** Visibility timeout as in {@code deploy/resources.yaml}. */
    static final Duration VISIBILITY_TIMEOUT = Duration.ofSeconds(60);

    private static final int MAX_RECEIVES = 20;

    private final World world;
    private final Map<String, Message> messages = new LinkedHashMap<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private final Set<String> deadIds = new HashSet<>();
    private final Map<Runnable, CrashingProcess> waiting = new LinkedHashMap<>();
    private Consumer<ReceivedMessage> deletions = delivery -> {};
    private final CrashingProcess server;
    private int mostReceives;
    private int givenToNobody;
    private int sent;

    ModelQueue(World world) {
        this.world = world;
        this.server = new CrashingProcess("queue", world.time, Duration.ZERO);
    }

    private static final class Message {
        final String id;
        final String body;
        int receives;
        Instant visibleAt;

        Message(String id, String body, Instant visibleAt) {
            this.id = id;
            this.body = body;
            this.visibleAt = visibleAt;
        }
    }

    public void send(String body) {
        send("m" + ++sent, body);
    }

    private void send(String id, String body) {
        messages.put(id, new Message(id, body, world.time.instant()));
        List.copyOf(waiting.entrySet())
                .forEach(entry -> world.time.in(Duration.ZERO, entry.getValue(), () -> come(entry.getKey())));
    }

    /** Runs an action once a message is available, unless its process is dead by then. */
    void whenAnything(CrashingProcess process, Duration pause, Runnable reaction) {
        Optional<Instant> next = nextVisible();
        if (next.isPresent()) {
            Duration wait = Duration.between(world.time.instant(), next.get());
            waiting.put(reaction, process);
            world.time.in(wait.compareTo(pause) < 0 ? pause : wait, process, () -> come(reaction));
        } else {
            waiting.put(reaction, process);
        }
    }

    /** Runs an action when a hidden message becomes visible or a new one arrives, whichever is first. */
    private void come(Runnable reaction) {
        if (waiting.remove(reaction) != null) {
            reaction.run();
        }
    }

    /** Sets a listener that is called before a message is deleted. */
    public void whenDeleted(Consumer<ReceivedMessage> witness) {
        deletions = witness;
    }

    /**
     * Serves a long poll whose client is gone: messages that arrive during it are received, and hidden for the
     * visibility timeout that the client requested.
     *
     * @param left time until the long poll ends
     */
    void serveNobody(int most, Duration timeout, Duration left) {
        Instant end = world.time.instant().plus(left);
        serveNobody(most, timeout, end);
    }

    private void serveNobody(int most, Duration timeout, Instant end) {
        if (world.time.instant().isAfter(end)) {
            return;
        }
        List<ReceivedMessage> taken = receive(most, timeout);
        if (taken.isEmpty()) {
            whenAnything(server, Duration.ofMillis(20), () -> serveNobody(most, timeout, end));
        } else {
            givenToNobody += taken.size();
            world.trace.say(server, "gives " + taken.size() + " messages to nobody");
        }
    }

    /** Receives as many messages as are available, up to a maximum; perhaps none. */
    List<ReceivedMessage> receive(int most, Duration timeout) {
        List<ReceivedMessage> received = new ArrayList<>();
        List<Message> visible = new ArrayList<>(messages.values().stream()
                .filter(message -> !message.visibleAt.isAfter(world.time.instant()))
                .toList());
        while (received.size() < most && !visible.isEmpty()) {
            Message message = visible.remove(world.chance.below(visible.size()));
            if (message.receives >= MAX_RECEIVES) {
                bury(message.id, message.body, Optional.empty());
                messages.remove(message.id);
            } else {
                received.add(deliver(message, timeout));
            }
        }
        return received;
    }

    private ReceivedMessage deliver(Message message, Duration timeout) {
        message.receives++;
        boolean twice = world.chance.hits(world.faultProfile().twice());
        message.visibleAt = world.time.instant().plus(twice ? world.chance.between(Duration.ZERO, timeout) : timeout);
        mostReceives = Math.max(mostReceives, message.receives);
        return new ReceivedMessage(
                message.id,
                message.id + "/" + message.receives,
                message.body,
                message.receives,
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    void delete(ReceivedMessage delivery) {
        deletions.accept(delivery);
        messages.remove(delivery.id());
    }

    /** Extends the visibility timeout of a message. The receipt of an older delivery has no effect. */
    void hide(ReceivedMessage delivery, Duration longer) {
        Message message = messages.get(delivery.id());
        if (message != null && message.receives == delivery.receiveCount()) {
            message.visibleAt = world.time.instant().plus(longer);
        }
    }

    void bury(String id, String body, Optional<String> reason) {
        deadIds.add(id);
        deadLetters.add(new DeadLetter(id, body, reason));
    }

    /** Redrives messages that were not rejected, as an operator does once the cause is resolved. */
    public void redrive() {
        List<DeadLetter> again =
                deadLetters.stream().filter(letter -> letter.reason().isEmpty()).toList();
        deadLetters.removeAll(again);
        again.forEach(letter -> send(letter.body()));
    }

    public boolean isDead(String id) {
        return deadIds.contains(id);
    }

    public List<DeadLetter> deadLetters() {
        return deadLetters;
    }

    public boolean isEmpty() {
        return messages.isEmpty();
    }

    public int size() {
        return messages.size();
    }

    /** Returns the number of hidden messages. */
    public long hidden() {
        return messages.values().stream()
                .filter(message -> message.visibleAt.isAfter(world.time.instant()))
                .count();
    }

    /** Returns the number of messages received by polls whose client was gone. */
    public int givenToNobody() {
        return givenToNobody;
    }

    /** Returns the highest receive count of any message. */
    public int mostReceives() {
        return mostReceives;
    }

    /** Returns the time at which the next message becomes visible; empty if there is none. */
    Optional<Instant> nextVisible() {
        return messages.values().stream().map(message -> message.visibleAt).min(Instant::compareTo);
    }
}
