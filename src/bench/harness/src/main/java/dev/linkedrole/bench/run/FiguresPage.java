package dev.linkedrole.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The page of all figures, so that those in the documentation are those of one run. */
final class FiguresPage {

    private final Results results;
    private final StringBuilder page = new StringBuilder();

    FiguresPage(Results results) {
        this.results = results;
    }

    void write(Path file) throws IOException {
        line("# Figures");
        line("");
        line(
                "Written by `make bench`; [what they mean](../performance.md). Medians, with the minimum and the maximum of the rounds in brackets.");
        line("");
        line("| measured with | |");
        line("|---|---|");
        results.conditions().forEach((name, value) -> line("| %s | %s |", name, value));
        promises();
        intake();
        pipeline();
        growth();
        start();
        footprint();
        micro();
        Files.createDirectories(file.getParent());
        Files.writeString(file, page);
    }

    private void promises() {
        heading("Targets");
        line("| figure | median | target | |");
        line("|---|---|---|---|");
        results.promises()
                .forEach(promise -> line(
                        "| `%s` | %s | %s | %s |",
                        promise.figure(),
                        value(promise.figure()),
                        promise.words(),
                        !results.has(promise.figure())
                                ? "not measured"
                                : promise.keptBy(results.get(promise.figure()).median()) ? "met" : "**missed**"));
        if (results.has("intake.ratio_to_smallrye_default")) {
            line("| `intake.ratio_to_smallrye_default` | %s | | |", value("intake.ratio_to_smallrye_default"));
        }
    }

    private void intake() {
        for (String millis : new String[] {"0ms", "5ms"}) {
            if (!results.has("intake.ratio_to_loop." + millis)) {
                continue;
            }
            heading("Draining a queue, handlers of " + millis.replace("ms", " ms"));
            line("| | messages/s | to the loop | requests a message | CPU µs a message | peak MB | most in flight |");
            line("|---|---|---|---|---|---|---|");
            for (Peer peer : Peer.in(results, millis)) {
                String key = peer.key(millis);
                line(
                        "| %s | %s | %s | %s | %s | %s | %s |",
                        peer.title(),
                        value(key + "messages_per_second"),
                        value(key + "ratio_to_loop"),
                        value(key + "requests_per_message"),
                        value(key + "cpu_micros_per_message"),
                        value(key + "peak_mb"),
                        value(key + "most_in_hand"));
            }
        }
    }

    private void pipeline() {
        if (!results.has("pipeline.ratio_to_loop.spread")) {
            return;
        }
        heading("From events to policies");
        line("| | events/s | calls to IAM an event | CPU µs an event |");
        line("|---|---|---|---|");
        for (String which :
                new String[] {"loop.spread", "service.spread", "loop.burst", "service.burst", "naive.burst"}) {
            String key = "pipeline.detail." + which + ".";
            line(
                    "| %s | %s | %s | %s |",
                    which.replace('.', ' '),
                    value(key + "events_per_second"),
                    value(key + "iam_calls_per_event"),
                    value(key + "cpu_micros_per_event"));
        }
    }

    private void growth() {
        if (!results.has("growth.event_cost_100k_over_100")) {
            return;
        }
        heading("Growth");
        line("| roles | ms an event | CPU µs an event | resync: ms a role | CPU µs a role | calls to IAM a role |");
        line("|---|---|---|---|---|---|");
        for (int size : new int[] {100, 10_000, 100_000}) {
            line(
                    "| %,d | %s | %s | %s | %s | %s |",
                    size,
                    value("growth.detail.event_ms." + size),
                    value("growth.detail.event_cpu_micros." + size),
                    value("growth.detail.resync_ms_per_role." + size),
                    value("growth.detail.resync_cpu_micros_per_role." + size),
                    value("growth.detail.resync_iam_calls_per_role." + size));
        }
        line("");
        line("| grants on the role | ms a grant more |");
        line("|---|---|");
        line("| 1 | %s |", value("growth.detail.grant_ms.1"));
        line("| 50 | %s |", value("growth.detail.grant_ms.50"));
        line(
                "| %s, the most that fit | %s |",
                value("growth.detail.most_grants"), value("growth.detail.grant_ms.most"));
    }

    private void start() {
        if (!results.has("startup.cpu_ratio_aot")) {
            return;
        }
        heading("Start");
        line("| | wall s | CPU s | RSS MB |");
        line("|---|---|---|---|");
        for (String variant : new String[] {"fast_jar", "aot"}) {
            String key = "startup.detail." + variant + ".";
            line(
                    "| %s | %s | %s | %s |",
                    variant.replace("fast_jar", "fast-jar").replace("aot", "AOT cache"),
                    value(key + "wall_seconds"),
                    value(key + "cpu_seconds"),
                    value(key + "resident_mb"));
        }
    }

    private void footprint() {
        if (!results.has("footprint.image_rss_over_fast_jar.load")) {
            return;
        }
        heading("Memory and processor time by package");
        line("| | ready, s | CPU s | RSS at rest, MB | RSS at most, MB | events/s | CPU µs an event |");
        line("|---|---|---|---|---|---|---|");
        for (String variant : new String[] {"fast_jar", "image", "native"}) {
            String key = "footprint.detail." + variant + ".";
            if (results.has(key + "peak_mb")) {
                line(
                        "| %s | %s | %s | %s | %s | %s | %s |",
                        variant.replace("fast_jar", "fast-jar, the JVM's defaults")
                                .replace("image", "as in the JVM image")
                                .replace("native", "native executable"),
                        value(key + "ready_seconds"),
                        value(key + "ready_cpu_seconds"),
                        value(key + "rest_mb"),
                        value(key + "peak_mb"),
                        value(key + "events_per_second"),
                        value(key + "cpu_micros_per_event"));
            }
        }
        line("");
        line("| relative to the fast-jar | ready | RSS at rest | RSS at most | events/s | CPU an event |");
        line("|---|---|---|---|---|---|");
        for (String variant : new String[] {"image", "native"}) {
            String key = "footprint." + variant + "_";
            if (results.has(key + "rss_over_fast_jar.load")) {
                line(
                        "| %s | %s | %s | %s | %s | %s |",
                        variant.replace("image", "as in the JVM image").replace("native", "native executable"),
                        value(key + "ready_over_fast_jar"),
                        value(key + "rss_over_fast_jar.rest"),
                        value(key + "rss_over_fast_jar.load"),
                        value(key + "throughput_over_fast_jar"),
                        value(key + "cpu_over_fast_jar.event"));
            }
        }
    }

    private void micro() {
        if (results.names("micro.").isEmpty()) {
            return;
        }
        heading("Parts without I/O, by JMH");
        line("| part, grants on the role | µs | bytes allocated |");
        line("|---|---|---|");
        results.names("micro.").stream()
                .filter(name -> name.endsWith(".micros"))
                .map(name -> name.substring(0, name.length() - ".micros".length()))
                .forEach(name -> line(
                        "| %s | %s | %s |",
                        name.substring("micro.".length()).replace(".", ", "),
                        value(name + ".micros"),
                        value(name + ".bytes")));
    }

    private String value(String figure) {
        if (!results.has(figure)) {
            return "-";
        }
        Samples samples = results.get(figure);
        return samples.values().size() == 1
                ? number(samples.median())
                : number(samples.median()) + " (" + number(samples.least()) + " - " + number(samples.most()) + ")";
    }

    private static String number(double value) {
        return String.format(
                Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : value >= 0.1 ? "%.2f" : "%.4f", value);
    }

    private void heading(String text) {
        line("");
        line("## %s", text);
        line("");
    }

    private void line(String text, Object... arguments) {
        page.append(arguments.length == 0 ? text : String.format(Locale.ROOT, text, arguments))
                .append('\n');
    }
}
