package dev.linkedrole.bench.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All figures by name. Those that were promised are compared with what was promised. */
final class Results {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Map<String, Samples> figures = new LinkedHashMap<>();
    private final Map<String, String> conditions = new LinkedHashMap<>();

    /** What a figure has to be: at least, or at most, so much. */
    record Promise(String figure, boolean atLeast, double bound) {

        boolean keptBy(double value) {
            return atLeast ? value >= bound : value <= bound;
        }

        String words() {
            return (atLeast ? "at least " : "at most ") + bound;
        }
    }

    private static final List<Promise> PROMISES = List.of(
            new Promise("intake.ratio_to_loop.0ms", true, 0.85),
            new Promise("intake.ratio_to_loop.5ms", true, 0.85),
            new Promise("intake.ratio_to_spring_best", true, 1.5),
            new Promise("intake.requests_per_message", false, 0.21),
            new Promise("pipeline.ratio_to_loop.spread", true, 0.75),
            new Promise("pipeline.speedup_over_naive.burst", true, 10),
            new Promise("pipeline.iam_calls_per_event.burst", false, 0.1),
            new Promise("growth.event_cost_100k_over_100", false, 1.2),
            new Promise("startup.cpu_ratio_aot", false, 0.5),
            new Promise("footprint.image_ready_cpu_over_fast_jar", false, 0.45),
            new Promise("footprint.image_rss_over_fast_jar.load", false, 0.6),
            new Promise("footprint.image_throughput_over_fast_jar", true, 0.95),
            new Promise("footprint.native_ready_over_fast_jar", false, 0.04),
            new Promise("footprint.native_rss_over_fast_jar.rest", false, 0.333),
            new Promise("footprint.native_rss_over_fast_jar.load", false, 0.25),
            new Promise("footprint.native_cpu_over_fast_jar.event", false, 0.5),
            new Promise("footprint.native_executable_mb", false, 90));

    void put(String figure, List<Double> values) {
        figures.put(figure, new Samples(values));
    }

    void put(String figure, double value) {
        put(figure, List.of(value));
    }

    /** Under which circumstances it was measured. */
    void condition(String name, Object value) {
        conditions.put(name, String.valueOf(value));
    }

    Samples get(String figure) {
        Samples samples = figures.get(figure);
        if (samples == null) {
            throw new IllegalStateException(figure + " was not measured");
        }
        return samples;
    }

    List<Promise> promises() {
        return PROMISES;
    }

    Map<String, String> conditions() {
        return conditions;
    }

    /** Of all figures that begin so. */
    List<String> names(String prefix) {
        return figures.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
    }

    boolean has(String figure) {
        return figures.containsKey(figure);
    }

    /** Medians by name, and beside them how far apart what they are the medians of was. */
    void write(Path file) {
        ObjectNode root = JSON.createObjectNode();
        figures.forEach((figure, samples) -> root.put(figure, rounded(samples.median())));
        ObjectNode spread = root.putObject("spread");
        figures.forEach((figure, samples) -> {
            ObjectNode one = spread.putObject(figure);
            one.put("median", rounded(samples.median()));
            one.put("min", rounded(samples.least()));
            one.put("max", rounded(samples.most()));
            one.put("samples", samples.values().size());
        });
        ObjectNode met = root.putObject("met");
        PROMISES.stream()
                .filter(promise -> has(promise.figure()))
                .forEach(promise -> met.put(
                        promise.figure(), promise.keptBy(get(promise.figure()).median())));
        ObjectNode under = root.putObject("conditions");
        conditions.forEach(under::put);
        try {
            Files.createDirectories(file.getParent());
            JSON.writeValue(file.toFile(), root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double rounded(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.4g", value));
    }

    void printPromises() {
        System.out.printf("%n%-40s %9s %19s   %-14s%n", "figure", "median", "spread", "to be");
        for (Promise promise : PROMISES) {
            if (!has(promise.figure())) {
                System.out.printf("%-40s %9s %19s   %-14s%n", promise.figure(), "-", "not measured", promise.words());
                continue;
            }
            Samples samples = get(promise.figure());
            System.out.printf(
                    Locale.ROOT,
                    "%-40s %9.3f %8.3f - %8.3f   %-14s %s%n",
                    promise.figure(),
                    samples.median(),
                    samples.least(),
                    samples.most(),
                    promise.words(),
                    promise.keptBy(samples.median()) ? "met" : "MISSED");
        }
    }
}
