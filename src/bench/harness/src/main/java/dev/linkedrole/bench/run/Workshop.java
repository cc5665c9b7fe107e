package dev.linkedrole.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where things lie, and how a JVM with the class path of one of the build's modules is started. */
record Workshop(Path root) {

    /** Enough for each, and alike for all, so that no heap grows while it is measured. */
    static final List<String> HEAP = List.of("-Xms256m", "-Xmx512m", "-XX:+UseG1GC");

    private static final List<String> JVM =
            List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");

    Path results() {
        return root.resolve("target/bench/results.json");
    }

    Path charts() {
        return root.resolve("docs/performance");
    }

    Path resources() {
        return root.resolve("deploy/resources.yaml");
    }

    /** The service as it is packaged. */
    Path service() {
        return root.resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** The service as it is packaged for a cache of what the JVM makes of it, and that cache. */
    Path serviceWithCache() {
        return root.resolve("target/quarkus-aot/quarkus-run.jar");
    }

    Path cache() {
        return root.resolve("target/quarkus-aot/app.aot");
    }

    /** As {@code make run} starts the service with its cache; an absolute path, since it is started in its own directory. */
    List<String> cacheOptions() {
        return List.of("-XX:AOTCache=" + cache().toAbsolutePath(), "-XX:AOTMode=on", "-XX:CompileThresholdScaling=5");
    }

    /** The JVM's options in the JVM image, as jlink writes them into its runtime. */
    List<String> imageOptions() throws IOException {
        String arguments = Files.readString(root.resolve("deploy/container/jlink.options"));
        Matcher options = Pattern.compile("(?m)^--add-options \"(.+)\"$").matcher(arguments);
        if (!options.find()) {
            throw new IOException("deploy/container/jlink.options has no --add-options");
        }
        return List.of(options.group(1).split(" "));
    }

    /** The native executable, if one was built. */
    Optional<Path> executable() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("target"))) {
            return files.filter(file -> file.getFileName().toString().endsWith("-runner"))
                    .findFirst();
        }
    }

    Path log(String name) throws IOException {
        Path logs = root.resolve("target/bench/logs");
        Files.createDirectories(logs);
        return logs.resolve(name + ".log");
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    List<String> jvm(String module, List<String> options, String mainClass, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(HEAP);
        command.addAll(JVM);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(module), mainClass));
        command.addAll(List.of(arguments));
        return command;
    }

    String classPath(String module) throws IOException {
        Path built = root.resolve("target/bench/modules").resolve(module);
        return built.resolve("classes") + ":"
                + Files.readString(built.resolve("classpath")).strip();
    }
}
