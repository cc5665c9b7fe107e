package dev.linkedrole.bench.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linkedrole.bench.worker.Drain;
import dev.linkedrole.bench.worker.Drained;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Draining a queue: our intake, the loop on the SDK, Spring Cloud AWS and SmallRye, in turns. */
final class IntakePart {

    private static final Duration START = Duration.ofSeconds(60);
    private static final int LIMIT_SECONDS = 120;
    private static final List<Integer> HANDLER_MILLIS = List.of(0, 5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Stage stage;
    private final Aws aws;
    private final List<Peer> peers;
    private final Map<Peer, Child> workers = new EnumMap<>(Peer.class);
    private final Map<String, List<Drained>> drains = new LinkedHashMap<>();
    private int queues;

    IntakePart(Stage stage, Aws aws) {
        this.stage = stage;
        this.aws = aws;
        this.peers = new ArrayList<>(stage.quick() ? Peer.NECESSARY : EnumSet.allOf(Peer.class));
    }

    void run() throws IOException, InterruptedException {
        int rounds = stage.either(3, 5);
        int messages = stage.either(3_000, 20_000);
        try {
            for (Peer peer : peers) {
                workers.put(peer, start(peer));
            }
            Stage.say(
                    "== intake: %d rounds, %d messages each (slow ones fewer), after a round to warm up",
                    rounds, messages);
            // Twice, since the servers are cold for who comes first.
            for (int millis : HANDLER_MILLIS) {
                for (Peer peer : peers) {
                    drain(peer, millis, messages / peer.share(millis));
                }
            }
            for (int millis : HANDLER_MILLIS) {
                for (int round = 0; round < rounds; round++) {
                    for (Peer peer : peers) {
                        keep(peer, millis, drain(peer, millis, messages / peer.share(millis)));
                    }
                    // Nobody is to be always the first, or always after the slowest.
                    Collections.rotate(peers, 1);
                }
                print(millis);
            }
            figures();
        } finally {
            workers.values().forEach(Child::close);
        }
    }

    private Child start(Peer peer) throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of(peer.contender(), aws.sqs().toString()));
        arguments.addAll(peer.argument());
        List<String> command = stage.workshop()
                .jvm(peer.module(), List.of(), "dev.linkedrole.bench.worker.Worker", arguments.toArray(String[]::new));
        Child child = Child.start(
                peer.title(), command, stage.workshop().log(peer.name().toLowerCase(Locale.ROOT)));
        child.reply(START);
        return child;
    }

    private Drained drain(Peer peer, int handlerMillis, int messages) throws IOException, InterruptedException {
        List<String> bodies = Collections.nCopies(messages, new Events(0).enabled(0, 0));
        try (FilledQueue queue = FilledQueue.with(aws, "drain-" + queues++, bodies)) {
            Drain job = new Drain(queue.url(), messages, handlerMillis, LIMIT_SECONDS);
            Drained drained =
                    JSON.treeToValue(workers.get(peer).ask(job, Duration.ofSeconds(2L * LIMIT_SECONDS)), Drained.class);
            if (!drained.failure().isEmpty()) {
                throw new IOException(peer.title() + ": " + drained.failure());
            }
            return drained;
        }
    }

    private void keep(Peer peer, int millis, Drained drained) {
        drains.computeIfAbsent(key(peer, millis), key -> new ArrayList<>()).add(drained);
    }

    private List<Drained> of(Peer peer, int millis) {
        return drains.get(key(peer, millis));
    }

    private static String key(Peer peer, int millis) {
        return peer.key(millis + "ms");
    }

    private void print(int millis) {
        Stage.say(
                "%n%-34s %10s %8s %10s %12s %9s %8s",
                millis + " ms handler", "msg/s", "to loop", "req/msg", "CPU us/msg", "peak MB", "in hand");
        for (Peer peer : EnumSet.copyOf(peers)) {
            List<Drained> all = of(peer, millis);
            Stage.say(
                    "%-34s %10.0f %8.2f %10.3f %12.0f %9.0f %8.0f",
                    peer.title(),
                    median(all, Drained::perSecond),
                    new Samples(ratios(peer, Peer.LOOP, millis)).median(),
                    median(all, Drained::requestsPerMessage),
                    median(all, Drained::cpuMicrosPerMessage),
                    median(all, drained -> drained.peakKilobytes() / 1024.0),
                    median(all, Drained::mostInHand));
        }
    }

    private static double median(List<Drained> drains, ToDoubleFunction<Drained> figure) {
        return new Samples(drains.stream().mapToDouble(figure).boxed().toList()).median();
    }

    /** Of each round by itself: what the machine did meanwhile it did to both. */
    private List<Double> ratios(Peer peer, Peer to, int millis) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < of(peer, millis).size(); round++) {
            ratios.add(of(peer, millis).get(round).perSecond()
                    / of(to, millis).get(round).perSecond());
        }
        return ratios;
    }

    private void figures() {
        Results results = stage.results();
        drains.forEach((key, all) -> {
            results.put(key + "messages_per_second", values(all, Drained::perSecond));
            results.put(key + "requests_per_message", values(all, Drained::requestsPerMessage));
            results.put(key + "cpu_micros_per_message", values(all, Drained::cpuMicrosPerMessage));
            results.put(key + "peak_mb", values(all, drained -> drained.peakKilobytes() / 1024.0));
            results.put(key + "most_in_hand", values(all, Drained::mostInHand));
        });
        for (Peer peer : EnumSet.copyOf(peers)) {
            for (int millis : HANDLER_MILLIS) {
                results.put(key(peer, millis) + "ratio_to_loop", ratios(peer, Peer.LOOP, millis));
            }
        }
        results.put("intake.ratio_to_loop.0ms", ratios(Peer.OURS, Peer.LOOP, 0));
        results.put("intake.ratio_to_loop.5ms", ratios(Peer.OURS, Peer.LOOP, 5));
        List<Double> requests = new ArrayList<>();
        List<Double> toSpring = new ArrayList<>();
        List<Double> toSmallRye = new ArrayList<>();
        for (int millis : HANDLER_MILLIS) {
            requests.addAll(values(of(Peer.OURS, millis), Drained::requestsPerMessage));
            toSpring.addAll(ratios(Peer.OURS, Peer.SPRING_TUNED, millis));
            toSmallRye.addAll(ratios(Peer.OURS, Peer.SMALLRYE_DEFAULT, millis));
        }
        results.put("intake.requests_per_message", requests);
        results.put("intake.ratio_to_spring_best", toSpring);
        results.put("intake.ratio_to_smallrye_default", toSmallRye);
    }

    private static List<Double> values(List<Drained> drains, ToDoubleFunction<Drained> figure) {
        return drains.stream().mapToDouble(figure).boxed().toList();
    }
}
