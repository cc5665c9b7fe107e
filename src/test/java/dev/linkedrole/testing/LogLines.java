package dev.linkedrole.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Captures the log of a class while open. */
public final class LogLines implements AutoCloseable {

    private static final ExtFormatter FORM = new PatternFormatter("%p %s");

    private final Logger logger;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AtomicInteger stacks = new AtomicInteger();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(FORM.format(line));
            if (line.getThrown() != null) {
                stacks.incrementAndGet();
            }
        }

        @Override
        public void flush() {
            // The handler buffers nothing.
        }

        @Override
        public void close() {
            // The handler has no resources.
        }
    };

    private LogLines(Class<?> source) {
        this.logger = Logger.getLogger(source.getName());
        logger.addHandler(handler);
    }

    public static LogLines of(Class<?> source) {
        return new LogLines(source);
    }

    /** Lists level and message of each line. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Number of lines with a stack trace. */
    public int stacks() {
        return stacks.get();
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
    }
}
