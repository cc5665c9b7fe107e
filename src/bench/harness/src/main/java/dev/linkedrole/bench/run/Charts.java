package dev.linkedrole.bench.run;

import java.io.IOException;
import java.nio.file.Path;

/** The pictures of the documentation, each drawn if what it shows was measured. */
final class Charts {

    private final Results results;
    private final Path directory;

    Charts(Results results, Path directory) {
        this.results = results;
        this.directory = directory;
    }

    void draw() throws IOException {
        for (String millis : new String[] {"0ms", "5ms"}) {
            if (!results.has("intake.ratio_to_loop." + millis)) {
                continue;
            }
            BarChart chart = new BarChart(
                    "Draining a queue, handlers of " + millis.replace("ms", " ms"),
                    "messages a second, as a share of the loop on the SDK; the line shows the spread of the rounds");
            for (Peer peer : Peer.in(results, millis)) {
                chart.bar(peer.title(), results.get(peer.key(millis) + "ratio_to_loop"), peer == Peer.OURS);
            }
            chart.write(directory.resolve("intake-" + millis + ".svg"));
        }
        if (results.has("pipeline.ratio_to_loop.spread")) {
            pipeline();
        }
        if (results.has("growth.event_cost_100k_over_100")) {
            new BarChart("An event among more and more roles", "milliseconds an event, IAM answering at once")
                    .bar("100 roles", results.get("growth.detail.event_ms.100"), true)
                    .bar("10,000 roles", results.get("growth.detail.event_ms.10000"), true)
                    .bar("100,000 roles", results.get("growth.detail.event_ms.100000"), true)
                    .write(directory.resolve("growth.svg"));
        }
        if (results.has("startup.cpu_ratio_aot")) {
            new BarChart("Start, to readiness", "seconds")
                    .bar("fast-jar, processor time", results.get("startup.detail.fast_jar.cpu_seconds"), false)
                    .bar("AOT cache, processor time", results.get("startup.detail.aot.cpu_seconds"), true)
                    .bar("fast-jar, wall clock", results.get("startup.detail.fast_jar.wall_seconds"), false)
                    .bar("AOT cache, wall clock", results.get("startup.detail.aot.wall_seconds"), true)
                    .write(directory.resolve("start.svg"));
        }
    }

    private void pipeline() throws IOException {
        BarChart rates = new BarChart(
                        "From events to policies",
                        "events a second, IAM answering after 30 ms (reads) and 80 ms (writes)")
                .bar("spread: loop written by hand", rate("loop.spread"), false)
                .bar("spread: the service", rate("service.spread"), true);
        BarChart calls = new BarChart("Calls to IAM for an event", "in bursts of 100 events an instance");
        if (results.has("pipeline.detail.loop.burst.events_per_second")) {
            rates.bar("bursts: loop written by hand", rate("loop.burst"), false);
            calls.bar("loop written by hand", calls("loop.burst"), false);
        }
        rates.bar("bursts: the service", rate("service.burst"), true)
                .bar("bursts: naive handler", rate("naive.burst"), false)
                .write(directory.resolve("pipeline.svg"));
        calls.bar("the service", calls("service.burst"), true)
                .bar("naive handler", calls("naive.burst"), false)
                .write(directory.resolve("iam-calls.svg"));
    }

    private Samples rate(String which) {
        return results.get("pipeline.detail." + which + ".events_per_second");
    }

    private Samples calls(String which) {
        return results.get("pipeline.detail." + which + ".iam_calls_per_event");
    }
}
