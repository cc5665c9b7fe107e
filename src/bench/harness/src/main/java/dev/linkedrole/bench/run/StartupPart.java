package dev.linkedrole.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From nothing to ready: the fast-jar, and the package with an AOT cache that a real run has trained, in turns. */
final class StartupPart {

    private static final String FAST = "fast_jar";
    private static final String AOT = "aot";

    private final Stage stage;
    private final Aws aws;
    private final Map<String, List<Service.Started>> starts = new LinkedHashMap<>();

    StartupPart(Stage stage, Aws aws) {
        this.stage = stage;
        this.aws = aws;
    }

    void run() throws IOException, InterruptedException {
        int rounds = stage.either(2, 7);
        Stage.say("%n== start: %d rounds", rounds);
        if (!Files.exists(stage.workshop().cache())) {
            throw new IOException("there is no AOT cache; `make aot` trains one");
        }
        Map<String, String> settings = aws.serviceSettings(stage.workshop().resources(), "startup", Map.of());
        Path log = stage.workshop().log("service-startup");
        for (int round = 0; round < rounds; round++) {
            start(FAST, Launch.jar(stage.workshop().service(), List.of()), settings, log);
            start(
                    AOT,
                    Launch.jar(
                            stage.workshop().serviceWithCache(),
                            stage.workshop().cacheOptions()),
                    settings,
                    log);
        }
        print();
        figures();
    }

    private void start(String variant, Launch launch, Map<String, String> settings, Path log)
            throws IOException, InterruptedException {
        try (Service service = Service.start(aws, launch, settings, log)) {
            starts.computeIfAbsent(variant, name -> new ArrayList<>()).add(service.started());
        }
    }

    private void print() {
        Stage.say("%n%-12s %10s %10s %10s", "start", "wall s", "CPU s", "RSS MB");
        starts.forEach((variant, all) -> Stage.say(
                "%-12s %10.2f %10.2f %10.0f",
                variant,
                new Samples(all.stream().map(Service.Started::seconds).toList()).median(),
                new Samples(all.stream().map(Service.Started::cpuSeconds).toList()).median(),
                new Samples(all.stream()
                                .map(start -> start.residentKilobytes() / 1024.0)
                                .toList())
                        .median()));
    }

    private void figures() {
        Results results = stage.results();
        starts.forEach((variant, all) -> {
            results.put(
                    "startup.detail." + variant + ".wall_seconds",
                    all.stream().map(Service.Started::seconds).toList());
            results.put(
                    "startup.detail." + variant + ".cpu_seconds",
                    all.stream().map(Service.Started::cpuSeconds).toList());
            results.put(
                    "startup.detail." + variant + ".resident_mb",
                    all.stream()
                            .map(start -> start.residentKilobytes() / 1024.0)
                            .toList());
        });
        List<Double> ratios = new ArrayList<>();
        List<Double> wall = new ArrayList<>();
        for (int round = 0; round < starts.get(FAST).size(); round++) {
            ratios.add(starts.get(AOT).get(round).cpuSeconds()
                    / starts.get(FAST).get(round).cpuSeconds());
            wall.add(starts.get(AOT).get(round).seconds()
                    / starts.get(FAST).get(round).seconds());
        }
        results.put("startup.cpu_ratio_aot", ratios);
        results.put("startup.wall_ratio_aot", wall);
    }
}
