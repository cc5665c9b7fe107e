package dev.linkedrole.producers;

import dev.linkedrole.producers.Markdown.Block;
import dev.linkedrole.testing.aws.Commands;
import dev.linkedrole.testing.aws.LocalAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A reader who copies the examples from the documentation, saves those that are files, and runs the others. */
final class Pasting {

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>(LocalAws.environment());

    Pasting(Path directory) {
        this.directory = directory;
        // The command names a tool that is missing and cannot be installed.
        String tools = Commands.run(List.of("bash", "src/test/producers/tools"), Map.of())
                .lines()
                .toList()
                .getLast();
        environment.put(
                "PATH",
                String.join(
                        ":",
                        tools,
                        LocalAws.projectDirectory().resolve("localstack").toString(),
                        System.getenv("PATH")));
    }

    /** Runs a block, or saves it if it is a file for another one, and returns the output. */
    String paste(Block block) {
        return switch (block.language()) {
            case "bash" -> shell(block.text());
            case "yaml", "python", "go", "javascript" -> save(block).toString();
            case "java" -> java(save(block));
            default -> throw new IllegalArgumentException("nobody knows how to run " + block);
        };
    }

    private String shell(String script) {
        return Commands.run(
                List.of("bash", "-euo", "pipefail", "-c", "cd \"$0\"\n" + script, directory.toString()), environment);
    }

    private Path save(Block block) {
        try {
            return Files.writeString(directory.resolve(block.title().orElseThrow()), block.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a Java file with the dependencies of the tests, which are those that it names. */
    private String java(Path source) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Commands.run(
                List.of(java, "-cp", System.getProperty("java.class.path"), source.toString()), environment);
    }
}
