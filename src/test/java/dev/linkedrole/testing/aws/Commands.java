package dev.linkedrole.testing.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runner of the project's own commands. */
public final class Commands {

    private static final long TIMEOUT_SECONDS = 300;

    private Commands() {}

    /** True if a command exists and exits with 0. */
    public static boolean succeeds(String... command) {
        try {
            run(List.of(command), Map.of());
            return true;
        } catch (UncheckedIOException | IllegalStateException e) {
            return false;
        }
    }

    /**
     * Runs a command in the project's directory.
     *
     * @return its output
     * @throws IllegalStateException with its output, if it does not exit with 0
     */
    public static String run(List<String> command, Map<String, String> environment) {
        try {
            Path said = Files.createTempFile("command", ".log");
            try {
                return run(command, environment, said);
            } finally {
                Files.delete(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot be run: " + command, e);
        }
    }

    private static String run(List<String> command, Map<String, String> environment, Path said) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(LocalAws.projectDirectory().toFile())
                .redirectErrorStream(true)
                // A file instead of a pipe: a server that the command leaves running would keep a pipe open.
                .redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String fault = fault(process);
        String output = Files.readString(said, StandardCharsets.UTF_8);
        if (!fault.isEmpty()) {
            throw new IllegalStateException(command + " " + fault + ":\n" + output);
        }
        return output;
    }

    private static String fault(Process process) {
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "did not end within " + TIMEOUT_SECONDS + " s";
            }
            return process.exitValue() == 0 ? "" : "ended with " + process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return "was interrupted";
        }
    }
}
