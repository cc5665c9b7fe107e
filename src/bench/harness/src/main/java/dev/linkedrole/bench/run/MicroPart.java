package dev.linkedrole.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The pure parts by JMH: what decoding an event, applying it and compiling a role take, and allocate. */
final class MicroPart {

    private static final long LIMIT_MINUTES = 10;

    private final Stage stage;

    MicroPart(Stage stage) {
        this.stage = stage;
    }

    void run() throws IOException, InterruptedException {
        Path file = stage.workshop().results().resolveSibling("jmh.json").toAbsolutePath();
        Stage.say("%n== the pure parts, by JMH");
        List<String> command = new ArrayList<>(stage.workshop()
                .jvm(
                        "service",
                        List.of(),
                        "org.openjdk.jmh.Main",
                        "-f",
                        "1",
                        "-wi",
                        Integer.toString(stage.either(1, 5)),
                        "-i",
                        Integer.toString(stage.either(1, 5)),
                        "-w",
                        "1s",
                        "-r",
                        "1s",
                        "-prof",
                        "gc",
                        "-rf",
                        "json",
                        "-rff",
                        file.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(stage.workshop().log("jmh").toFile())
                .start();
        Thread stop = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(stop);
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("JMH failed; see its log");
        }
        Runtime.getRuntime().removeShutdownHook(stop);
        read(new ObjectMapper().readTree(file.toFile()));
    }

    private void read(JsonNode benchmarks) {
        Stage.say("%n%-34s %12s %14s", "pure part", "us/op", "bytes/op");
        Map<String, JsonNode> sorted = new TreeMap<>();
        benchmarks.forEach(benchmark -> sorted.put(name(benchmark), benchmark));
        sorted.forEach((name, benchmark) -> {
            double micros = benchmark.at("/primaryMetric/score").asDouble();
            double bytes =
                    benchmark.at("/secondaryMetrics/gc.alloc.rate.norm/score").asDouble();
            List<Double> samples = new ArrayList<>();
            benchmark
                    .at("/primaryMetric/rawData")
                    .forEach(fork -> fork.forEach(value -> samples.add(value.asDouble())));
            stage.results().put("micro." + name + ".micros", samples);
            stage.results().put("micro." + name + ".bytes", bytes);
            Stage.say("%-34s %12.2f %14.0f", name, micros, bytes);
        });
    }

    private static String name(JsonNode benchmark) {
        String method = benchmark.get("benchmark").textValue();
        String grants = benchmark.at("/params/grants").asText("");
        String name = method.substring(method.lastIndexOf('.') + 1);
        return grants.isEmpty() ? name : name + "." + grants;
    }
}
