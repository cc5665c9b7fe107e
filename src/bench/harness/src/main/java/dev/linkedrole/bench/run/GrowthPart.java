package dev.linkedrole.bench.run;

import dev.linkedrole.bench.run.Pipeline.Passage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Whether it gets slower as there is more: an event, and a resync, among 100, 10,000 and 100,000 roles, and a grant on a role that
 * has 1, 50 and as many as fit. IAM answers at once here, or its delay would hide everything else.
 */
final class GrowthPart {

    private static final int AT_ONCE = 100;
    private static final Duration RESYNC_EVERY = Duration.ofSeconds(15);
    private static final Duration RESYNC_LIMIT = Duration.ofMinutes(3);
    private static final String RESYNC_DONE = "Resync is through";

    private final Stage stage;
    private final Aws aws;
    private final Map<Integer, List<Passage>> passages = new LinkedHashMap<>();

    GrowthPart(Stage stage, Aws aws) {
        this.stage = stage;
        this.aws = aws;
    }

    void run() throws IOException, InterruptedException {
        List<Integer> sizes = List.of(100, 10_000, 100_000);
        int turns = stage.either(4, 20);
        int warmUp = stage.either(2, 4);
        Stage.say("%n== growth: %s roles, %d turns of %d events each", sizes, turns, AT_ONCE);
        aws.iamDelay(0, 0);
        Map<Integer, Pipeline> services = new LinkedHashMap<>();
        try {
            for (int size : sizes) {
                services.put(size, fleet(size));
            }
            // The first turns of each warm it up.
            for (int turn = -warmUp; turn < turns; turn++) {
                for (int size : sizes) {
                    Passage passage =
                            services.get(size).pass(new Events(run(size)).toggles(chosen(size), turn + warmUp));
                    if (turn >= 0) {
                        passages.computeIfAbsent(size, key -> new ArrayList<>()).add(passage);
                    }
                }
            }
            figures(sizes);
            if (!stage.quick()) {
                grants(services.get(sizes.getFirst()));
            }
        } finally {
            services.values().forEach(Pipeline::close);
        }
        if (!stage.quick()) {
            for (int size : sizes) {
                resync(size);
            }
        }
        aws.iamDelay(Aws.READ_MILLIS, Aws.WRITE_MILLIS);
    }

    private static int run(int size) {
        return 1_000_000 + size;
    }

    private static String name(int size) {
        return "growth-" + size;
    }

    /** Spread evenly; as many whatever the size, so that nothing differs but the size. */
    private static List<Integer> chosen(int size) {
        return IntStream.range(0, AT_ONCE)
                .map(i -> i * (size / AT_ONCE))
                .boxed()
                .toList();
    }

    private Pipeline fleet(int size) throws IOException, InterruptedException {
        Pipeline service = Pipeline.service(stage, aws, name(size), Map.of());
        Events events = new Events(run(size));
        service.pass(List.of(events.created(0)));
        service.pass(List.of(events.enabled(0, 0)));
        List<String> others =
                IntStream.range(1, size).mapToObj(events::instance).toList();
        long begin = System.nanoTime();
        new Fleet(aws, name(size)).copy(events.instance(0), others);
        Stage.say("   %d roles in the ledger after %.1f s", size, (System.nanoTime() - begin) / 1e9);
        return service;
    }

    private void figures(List<Integer> sizes) {
        Results results = stage.results();
        Stage.say("%n%-18s %14s %14s", "roles", "ms/event", "CPU us/event");
        for (int size : sizes) {
            List<Double> millis = passages.get(size).stream()
                    .map(passage -> 1e3 / passage.perSecond())
                    .toList();
            List<Double> cpu =
                    passages.get(size).stream().map(Passage::cpuMicrosPerEvent).toList();
            results.put("growth.detail.event_ms." + size, millis);
            results.put("growth.detail.event_cpu_micros." + size, cpu);
            Stage.say("%-18d %14.2f %14.0f", size, new Samples(millis).median(), new Samples(cpu).median());
        }
        List<Double> ratios = new ArrayList<>();
        for (int turn = 0; turn < passages.get(sizes.getFirst()).size(); turn++) {
            ratios.add(passages.get(sizes.getFirst()).get(turn).perSecond()
                    / passages.get(sizes.getLast()).get(turn).perSecond());
        }
        results.put("growth.event_cost_100k_over_100", ratios);
    }

    /** One grant after the other on one role, among few others. */
    private void grants(Pipeline service) throws IOException, InterruptedException {
        Events events = new Events(2_000_000);
        int most = most(service, events);
        Stage.say("%n%-18s %14s", "grants on a role", "ms/event");
        List<Integer> sizes = List.of(1, 50, most);
        for (int instance = 0; instance < sizes.size(); instance++) {
            int size = sizes.get(instance);
            if (size != most) {
                service.pass(List.of(events.created(instance)));
                service.pass(List.of(events.enabledMany(instance, 0, size)));
            }
            List<Double> millis = new ArrayList<>();
            for (int turn = 0; turn < 20; turn++) {
                Passage passage = service.pass(List.of(events.toggled(instance, turn)));
                if (turn >= 2) {
                    millis.add(passage.seconds() * 1e3);
                }
            }
            String key = size == most ? "most" : Integer.toString(size);
            stage.results().put("growth.detail.grant_ms." + key, millis);
            Stage.say("%-18s %14.1f", size == most ? "most (" + most + ")" : key, new Samples(millis).median());
        }
        stage.results().put("growth.detail.most_grants", most);
    }

    /** Fills the third role, fifty grants at a time, until one is refused. */
    private int most(Pipeline service, Events events) throws IOException, InterruptedException {
        int step = 50;
        int instance = 2;
        service.pass(List.of(events.created(instance)));
        for (int grants = 0; grants < 5_000; grants += step) {
            service.pass(List.of(events.enabledMany(instance, grants, step)));
            if (aws.messages(service.name() + "-enabled-dlq") > 0) {
                // Room for the one grant that is then measured.
                service.pass(List.of(events.disabledMany(instance, grants - 1, 1)));
                return grants - 1;
            }
        }
        throw new IOException("no end of grants was found");
    }

    /** A service that is started with the ledger of that size, and resyncs soon. */
    private void resync(int size) throws IOException, InterruptedException {
        Path log = stage.workshop().log("service-resync-" + size);
        Files.deleteIfExists(log);
        aws.forgetIamCalls();
        try (Service service = Service.start(
                aws,
                Launch.jar(stage.workshop().service(), Workshop.HEAP),
                aws.settings(name(size), Map.of("LINKED_ROLE_RESYNC_EVERY", RESYNC_EVERY.toSeconds() + "s")),
                log)) {
            long limit = System.nanoTime() + RESYNC_LIMIT.toNanos();
            while (aws.iamCalls().isEmpty() && System.nanoTime() < limit) {
                Thread.sleep(20);
            }
            long begin = System.nanoTime();
            double cpu = service.cpuSeconds();
            while (!Files.readString(log).contains(RESYNC_DONE)) {
                if (System.nanoTime() > limit) {
                    Stage.say("%-18s a resync of %d roles took longer than %s", "", size, RESYNC_LIMIT);
                    return;
                }
                Thread.sleep(20);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            double calls =
                    aws.iamCalls().values().stream().mapToLong(Long::longValue).sum();
            Results results = stage.results();
            results.put("growth.detail.resync_ms_per_role." + size, seconds * 1e3 / size);
            results.put("growth.detail.resync_cpu_micros_per_role." + size, (service.cpuSeconds() - cpu) * 1e6 / size);
            results.put("growth.detail.resync_iam_calls_per_role." + size, calls / size);
            Stage.say(
                    "resync of %-8d %12.3f ms/role, %.0f CPU us/role, %.4f IAM calls/role",
                    size, seconds * 1e3 / size, (service.cpuSeconds() - cpu) * 1e6 / size, calls / size);
        }
    }
}
