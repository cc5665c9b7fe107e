package dev.linkedrole.bench.run;

import dev.linkedrole.bench.run.Pipeline.Passage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Memory and processor time of the service in the forms in which it is shipped, started in turns and given the same events: the
 * fast-jar with the JVM's defaults; the package and options of the JVM image, in the memory that the image is made for; and the
 * native executable with the options of its image, if {@code make native} has built one.
 */
final class FootprintPart {

    private static final String FAST = "fast_jar";
    private static final String IMAGE = "image";
    private static final String NATIVE = "native";

    /** The memory limit of the JVM image: docs/containers.md. A process of its own has none, so the JVM is told. */
    private static final String IMAGE_MEMORY = "-XX:MaxRAM=384m";

    /** The options of {@code deploy/container/Dockerfile.native}. */
    private static final List<String> NATIVE_OPTIONS = List.of("-Xmx64m", "-Xmn16m");

    private final Stage stage;
    private final Aws aws;
    private final Map<String, List<Use>> uses = new LinkedHashMap<>();

    /**
     * One start, and the events after it.
     *
     * @param peakKilobytes the most memory resident until the last event was handled
     */
    private record Use(Service.Started start, Passage passage, long peakKilobytes) {

        double restMegabytes() {
            return start.residentKilobytes() / 1024.0;
        }

        double peakMegabytes() {
            return peakKilobytes / 1024.0;
        }
    }

    FootprintPart(Stage stage, Aws aws) {
        this.stage = stage;
        this.aws = aws;
    }

    void run() throws IOException, InterruptedException {
        int rounds = stage.either(1, 5);
        int events = stage.either(500, 3_000);
        Map<String, Launch> launches = launches();
        Stage.say("%n== footprint: %d rounds of %d events, %s", rounds, events, launches.keySet());
        aws.iamDelay(Aws.READ_MILLIS, Aws.WRITE_MILLIS);
        int run = 900;
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Launch> launch : launches.entrySet()) {
                Use use = use("footprint-" + run, launch.getValue(), new Events(run), events);
                uses.computeIfAbsent(launch.getKey(), name -> new ArrayList<>()).add(use);
                run++;
            }
        }
        print();
        figures();
    }

    private Map<String, Launch> launches() throws IOException {
        Workshop workshop = stage.workshop();
        if (!Files.exists(workshop.cache())) {
            throw new IOException("there is no AOT cache; `make aot` trains one");
        }
        Map<String, Launch> launches = new LinkedHashMap<>();
        launches.put(FAST, Launch.jar(workshop.service(), List.of()));
        List<String> options = new ArrayList<>(List.of(IMAGE_MEMORY));
        options.addAll(workshop.imageOptions());
        options.addAll(workshop.cacheOptions());
        launches.put(IMAGE, Launch.jar(workshop.serviceWithCache(), options));
        Optional<Path> executable = workshop.executable();
        if (executable.isPresent()) {
            launches.put(NATIVE, Launch.executable(executable.get(), NATIVE_OPTIONS));
            stage.results().put("footprint.native_executable_mb", Files.size(executable.get()) / 1048576.0);
        } else {
            Stage.say("   without a native executable: none in target/ (make native)");
        }
        return launches;
    }

    private Use use(String name, Launch launch, Events events, int instances) throws IOException, InterruptedException {
        Map<String, String> settings = aws.serviceSettings(stage.workshop().resources(), name, Map.of());
        Service service = Service.start(aws, launch, settings, stage.workshop().log("service-footprint"));
        try (Pipeline pipeline = Pipeline.of(aws, name, service)) {
            Passage passage = pipeline.grants(events, instances, events.spread(0, instances));
            return new Use(service.started(), passage, service.peakKilobytes());
        }
    }

    private void print() {
        Stage.say(
                "%n%-12s %10s %10s %10s %10s %10s %14s",
                "footprint", "ready s", "CPU s", "rest MB", "peak MB", "events/s", "CPU us/event");
        uses.forEach((variant, all) -> Stage.say(
                "%-12s %10.2f %10.2f %10.0f %10.0f %10.0f %14.0f",
                variant,
                median(all, use -> use.start().seconds()),
                median(all, use -> use.start().cpuSeconds()),
                median(all, Use::restMegabytes),
                median(all, Use::peakMegabytes),
                median(all, use -> use.passage().perSecond()),
                median(all, use -> use.passage().cpuMicrosPerEvent())));
    }

    private static double median(List<Use> uses, ToDoubleFunction<Use> figure) {
        return new Samples(uses.stream().map(figure::applyAsDouble).toList()).median();
    }

    private void figures() {
        uses.forEach((variant, all) -> {
            detail(variant, "ready_seconds", all, use -> use.start().seconds());
            detail(variant, "ready_cpu_seconds", all, use -> use.start().cpuSeconds());
            detail(variant, "rest_mb", all, Use::restMegabytes);
            detail(variant, "peak_mb", all, Use::peakMegabytes);
            detail(variant, "events_per_second", all, use -> use.passage().perSecond());
            detail(variant, "cpu_micros_per_event", all, use -> use.passage().cpuMicrosPerEvent());
        });
        for (String variant : List.of(IMAGE, NATIVE)) {
            if (uses.containsKey(variant)) {
                ratio(variant, "ready_over_fast_jar", use -> use.start().seconds());
                ratio(variant, "ready_cpu_over_fast_jar", use -> use.start().cpuSeconds());
                ratio(variant, "rss_over_fast_jar.rest", Use::restMegabytes);
                ratio(variant, "rss_over_fast_jar.load", Use::peakMegabytes);
                ratio(variant, "throughput_over_fast_jar", use -> use.passage().perSecond());
                ratio(variant, "cpu_over_fast_jar.event", use -> use.passage().cpuMicrosPerEvent());
            }
        }
    }

    private void detail(String variant, String figure, List<Use> all, ToDoubleFunction<Use> value) {
        stage.results()
                .put(
                        "footprint.detail." + variant + "." + figure,
                        all.stream().map(value::applyAsDouble).toList());
    }

    /** Within each round, so that the machine's other load affects both. */
    private void ratio(String variant, String figure, ToDoubleFunction<Use> value) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < uses.get(FAST).size(); round++) {
            ratios.add(value.applyAsDouble(uses.get(variant).get(round))
                    / value.applyAsDouble(uses.get(FAST).get(round)));
        }
        stage.results().put("footprint." + variant + "_" + figure, ratios);
    }
}
