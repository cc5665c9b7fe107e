package dev.linkedrole.nativeimage.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Record of reflective calls, a line for each kind of call from each place: kind, subject, detail, caller, the classes
 * whose initialization it is a part of, and the frames around it. It is loaded by the bootstrap loader, and called by
 * methods of {@code java.lang.Class}, so that it uses no lambdas.
 */
public final class ReflectionRecorder {

    private static final int FRAMES = 12;

    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    /** Threads that are recording: what the record itself reflects on is not in it. */
    private static final Set<Thread> RECORDING = ConcurrentHashMap.newKeySet();

    private static final StackWalker WALKER =
            StackWalker.getInstance(Set.of(Option.SHOW_HIDDEN_FRAMES, Option.RETAIN_CLASS_REFERENCE));

    private static volatile @Nullable OutputStream out;

    private ReflectionRecorder() {}

    static void open(Path file) throws IOException {
        out = Files.newOutputStream(file);
        // Once without a subject, so that all classes that a record needs are loaded before they report.
        record("begin", "", null);
    }

    static void fail(String what, Throwable cause) {
        write("failed\t" + what + "\t" + cause + "\t\t\t\n");
    }

    /** Called by the methods that report. */
    public static void record(String kind, @Nullable Object subject, @Nullable Object detail) {
        record(kind, subject, detail, new SiteFinder(1));
    }

    /** Called ahead of a call of {@code loadClass}. */
    public static void recordClass(@Nullable Object subject) {
        record("class", subject, null, new SiteFinder(0));
    }

    private static void record(String kind, @Nullable Object subject, @Nullable Object detail, SiteFinder finder) {
        Thread thread = Thread.currentThread();
        if (out == null || subject == null || !RECORDING.add(thread)) {
            return;
        }
        try {
            Site site = WALKER.walk(finder);
            if (site == null) {
                return;
            }
            String key = kind + "\t" + name(subject) + "\t" + detail(subject, detail) + "\t" + site.caller + "\t"
                    + site.initializers;
            if (SEEN.add(key)) {
                write(key + "\t" + site.frames + "\n");
            }
        } finally {
            RECORDING.remove(thread);
        }
    }

    private static void write(String line) {
        OutputStream to = out;
        if (to == null) {
            return;
        }
        synchronized (SEEN) {
            try {
                to.write(line.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String name(Object subject) {
        if (subject instanceof Class<?> type) {
            return type.getName();
        }
        if (subject instanceof Class<?>[] types) {
            return names(types);
        }
        if (subject instanceof Method method) {
            return method.getDeclaringClass().getName();
        }
        if (subject instanceof Constructor<?> constructor) {
            return constructor.getDeclaringClass().getName();
        }
        if (subject instanceof Field field) {
            return field.getDeclaringClass().getName();
        }
        return subject.toString();
    }

    private static String detail(Object subject, @Nullable Object detail) {
        if (subject instanceof Method method) {
            return method.getName() + "(" + names(method.getParameterTypes()) + ")";
        }
        if (subject instanceof Constructor<?> constructor) {
            return "<init>(" + names(constructor.getParameterTypes()) + ")";
        }
        if (subject instanceof Field field) {
            return field.getName();
        }
        if (detail instanceof Class<?>[] types) {
            return "<init>(" + names(types) + ")";
        }
        return detail == null ? "" : name(detail);
    }

    private static String names(Class<?>[] types) {
        StringBuilder names = new StringBuilder();
        for (Class<?> type : types) {
            names.append(names.isEmpty() ? "" : ",").append(type.getName());
        }
        return names.toString();
    }

    /** Place of a call. */
    private static final class Site {

        private final String caller;
        private final String initializers;
        private final String frames;

        Site(String caller, String initializers, String frames) {
            this.caller = caller;
            this.initializers = initializers;
            this.frames = frames;
        }
    }

    /** Search of the stack for the place of a call; finds none if the JDK called for itself. */
    private static final class SiteFinder implements Function<Stream<StackFrame>, @Nullable Site> {

        private final int reporting;

        /**
         * @param reporting number of frames of the method that reports
         */
        SiteFinder(int reporting) {
            this.reporting = reporting;
        }

        @Override
        public @Nullable Site apply(Stream<StackFrame> stack) {
            String caller = null;
            StringBuilder initializers = new StringBuilder();
            List<String> frames = new ArrayList<>();
            int index = 0;
            for (var all = stack.iterator(); all.hasNext(); ) {
                StackFrame frame = all.next();
                String type = frame.getClassName();
                // The record, and the method that reports.
                if (frame.getDeclaringClass().equals(ReflectionRecorder.class)
                        || index++ < reporting
                        || connects(type)) {
                    continue;
                }
                boolean own = isOfJdk(frame.getDeclaringClass());
                if (caller == null) {
                    if (own) {
                        return null;
                    }
                    caller = type + "#" + frame.getMethodName() + frame.getDescriptor();
                }
                if (!own && frames.size() < FRAMES) {
                    frames.add(type + "." + frame.getMethodName());
                }
                if (!own && frame.getMethodName().equals("<clinit>")) {
                    initializers.append(initializers.isEmpty() ? "" : ",").append(type);
                }
            }
            return caller == null ? null : new Site(caller, initializers.toString(), String.join(" ", frames));
        }

        /** True for frames between a caller and what it calls by a method handle or by reflection. */
        private static boolean connects(String type) {
            return type.startsWith("java.lang.invoke.LambdaForm$")
                    || (type.startsWith("java.lang.invoke.") && type.endsWith("$Holder"))
                    || type.startsWith("jdk.internal.reflect.");
        }

        private static boolean isOfJdk(Class<?> type) {
            ClassLoader loader = type.getClassLoader();
            return loader == null || loader.equals(ClassLoader.getPlatformClassLoader());
        }
    }
}
