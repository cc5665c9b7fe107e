package dev.linkedrole.bench.run;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The main class: {@code Bench ROOT quick|full [PART...]} with the parts {@code intake}, {@code pipeline}, {@code startup}, {@code
 * footprint}, {@code growth} and {@code micro}. Without a name: all, or if quick all but {@code footprint}. What was measured before a part failed is written all the same.
 */
public final class Bench {

    private static final List<String> PARTS = List.of("intake", "pipeline", "startup", "footprint", "growth", "micro");

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Workshop workshop = new Workshop(Path.of(arguments[0]));
        List<String> named = List.of(arguments).subList(2, arguments.length);
        Stage stage = new Stage(workshop, new Results(), "quick".equals(arguments[1]));
        describe(stage);
        boolean failed = false;
        for (String part : named.isEmpty() ? all(stage) : named) {
            long begin = System.nanoTime();
            failed |= !succeeds(stage, part);
            Stage.say("   %s took %.0f s", part, (System.nanoTime() - begin) / 1e9);
        }
        stage.results().condition("ended", Instant.now());
        stage.results().write(workshop.results());
        // What a quick run has measured is too coarse for the documentation.
        Path pages = stage.quick() ? workshop.results().resolveSibling("performance") : workshop.charts();
        new Charts(stage.results(), pages).draw();
        new FiguresPage(stage.results()).write(pages.resolve("figures.md"));
        stage.results().printPromises();
        Stage.say("%n== written: %s and %s", workshop.results(), pages);
        System.exit(failed ? 1 : 0);
    }

    private static List<String> all(Stage stage) {
        return PARTS.stream()
                .filter(part -> !stage.quick() || !part.equals("footprint"))
                .toList();
    }

    private static void describe(Stage stage) {
        Results results = stage.results();
        results.condition("begun", Instant.now());
        results.condition("quick", stage.quick());
        results.condition("processors", Runtime.getRuntime().availableProcessors());
        results.condition("java", Runtime.version());
        results.condition("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        results.condition("iamReadMillis", Aws.READ_MILLIS);
        results.condition("iamWriteMillis", Aws.WRITE_MILLIS);
    }

    /** Each part has servers of its own, so that none finds what another one has left in them. */
    private static boolean succeeds(Stage stage, String part) {
        try {
            if (part.equals("micro")) {
                new MicroPart(stage).run();
                return true;
            }
            try (Aws aws = Aws.start(stage.workshop())) {
                switch (part) {
                    case "intake" -> new IntakePart(stage, aws).run();
                    case "pipeline" -> new PipelinePart(stage, aws).run();
                    case "startup" -> new StartupPart(stage, aws).run();
                    case "footprint" -> new FootprintPart(stage, aws).run();
                    case "growth" -> new GrowthPart(stage, aws).run();
                    default -> throw new IllegalArgumentException("there is no part " + part + ", only " + PARTS);
                }
            }
            return true;
        } catch (Exception e) {
            System.err.println("== " + part + " failed: " + e);
            e.printStackTrace();
            return false;
        }
    }
}
