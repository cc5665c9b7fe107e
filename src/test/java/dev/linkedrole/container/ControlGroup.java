package dev.linkedrole.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Memory of a container as the kernel counts it, by control groups of version 1 or 2. The peak of all memory includes the
 * page cache, which the kernel takes back before it kills anybody; anonymous memory is what it cannot take back.
 */
final class ControlGroup implements AutoCloseable {

    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final long SAMPLE_MILLIS = 100;

    private final Path directory;
    private final boolean unified;
    private final ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> samples;
    private volatile long anonymousPeak;

    private ControlGroup(Path directory, boolean unified) {
        this.directory = directory;
        this.unified = unified;
        this.samples = sampler.scheduleAtFixedRate(this::sample, 0, SAMPLE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The one of a process of this machine. */
    static ControlGroup of(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/cgroup"))) {
            String line = lines.filter(found -> found.startsWith("0::") || found.contains(":memory:"))
                    .max((one, other) -> Boolean.compare(one.contains(":memory:"), other.contains(":memory:")))
                    .orElseThrow(() -> new IllegalStateException("process " + pid + " is in no group"));
            boolean unified = line.startsWith("0::");
            String path = line.substring(line.lastIndexOf(':') + 2);
            return new ControlGroup((unified ? ROOT : ROOT.resolve("memory")).resolve(path), unified);
        } catch (IOException e) {
            throw new UncheckedIOException("the engine is not on this machine", e);
        }
    }

    /** Peak of all memory, in bytes. */
    long peak() {
        return Long.parseLong(
                read(unified ? "memory.peak" : "memory.max_usage_in_bytes").strip());
    }

    /** Anonymous memory now, in bytes. */
    long anonymous() {
        String key = unified ? "anon " : "rss ";
        return read("memory.stat")
                .lines()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.substring(key.length())))
                .findFirst()
                .orElseThrow();
    }

    /** Peak of anonymous memory, in bytes, of samples. */
    long anonymousPeak() {
        return anonymousPeak;
    }

    /** The first that fails, as the group has gone, is the last. */
    private void sample() {
        anonymousPeak = Math.max(anonymousPeak, anonymous());
    }

    private String read(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException("no " + file + " of " + directory, e);
        }
    }

    @Override
    public void close() {
        samples.cancel(true);
        sampler.shutdownNow();
    }
}
