package dev.linkedrole.bench.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command that starts the service.
 *
 * @param directory in which it is started
 */
record Launch(Path directory, List<String> command) {

    /** On this JVM, with options after those of {@code make run}. */
    static Launch jar(Path jar, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Workshop.java(),
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
        command.addAll(options);
        command.addAll(List.of("-jar", jar.getFileName().toString()));
        return new Launch(jar.toAbsolutePath().getParent(), command);
    }

    /** A native executable. */
    static Launch executable(Path file, List<String> options) {
        List<String> command = new ArrayList<>(List.of(file.toAbsolutePath().toString()));
        command.addAll(options);
        return new Launch(file.toAbsolutePath().getParent(), command);
    }
}
