package dev.linkedrole.container;

import dev.linkedrole.testing.aws.Commands;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The Docker command line. */
final class Docker {

    private Docker() {}

    /** Runs a command, and returns its output. */
    static String run(String... arguments) {
        return run(List.of(arguments));
    }

    static String run(List<String> arguments) {
        return Commands.run(
                        Stream.concat(Stream.of("docker"), arguments.stream()).toList(), Map.of())
                .strip();
    }

    static boolean succeeds(String... arguments) {
        return Commands.succeeds(
                Stream.concat(Stream.of("docker"), Stream.of(arguments)).toArray(String[]::new));
    }
}
