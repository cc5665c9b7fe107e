package dev.linkedrole.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linkedrole.bench.worker.Worker;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process of ours that answers line by line. It ends when it is closed, and at the latest with the conductor. */
final class Child implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String END = "";

    private final String name;
    private final Process process;
    private final BufferedWriter input;
    private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();
    private final Thread stop;

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        this.stop = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(stop);
        Thread.ofVirtual().start(this::read);
    }

    /** Its standard error, and all it says that is no reply, go to a log file. */
    static Child start(String name, List<String> command, Path log) throws IOException {
        return new Child(
                name,
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.to(log.toFile()))
                        .start());
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(Worker.REPLY)) {
                    replies.add(line.substring(Worker.REPLY.length()));
                }
            }
        } catch (IOException e) {
            System.err.println(name + " is not to be heard any more: " + e.getMessage());
        }
        replies.add(END);
    }

    long pid() {
        return process.pid();
    }

    void tell(Object what) throws IOException {
        input.write(JSON.writeValueAsString(what));
        input.newLine();
        input.flush();
    }

    JsonNode ask(Object question, Duration limit) throws IOException, InterruptedException {
        tell(question);
        return reply(limit);
    }

    JsonNode reply(Duration limit) throws IOException, InterruptedException {
        String line = replies.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (line == null) {
            throw new IOException(name + " has not answered within " + limit);
        }
        if (line.equals(END)) {
            throw new IOException(name + " has ended; see its log");
        }
        return JSON.readTree(line);
    }

    @Override
    public void close() {
        try {
            input.close();
            if (!process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException | InterruptedException e) {
            process.destroyForcibly();
        }
        Runtime.getRuntime().removeShutdownHook(stop);
    }
}
