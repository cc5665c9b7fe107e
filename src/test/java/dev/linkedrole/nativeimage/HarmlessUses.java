package dev.linkedrole.nativeimage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The reviewed list of calls that the executable does without, each with the reason why. Entries of one reason stand below it: kind,
 * caller and subject, of which a {@code *} stands for any characters.
 */
final class HarmlessUses {

    private record Entry(String line, Pattern pattern) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Set<Entry> unused = new HashSet<>();

    HarmlessUses(Path file) {
        boolean reasoned = false;
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.isBlank()) {
                    reasoned = false;
                } else if (line.startsWith("#")) {
                    reasoned = true;
                } else if (!reasoned || line.split(" ").length != 3) {
                    throw new IllegalStateException("not a kind, a caller and a subject below a reason: " + line);
                } else {
                    entries.add(new Entry(line, pattern(line)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        unused.addAll(entries);
    }

    private static Pattern pattern(String line) {
        return Pattern.compile(
                Stream.of(line.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    boolean has(ReflectiveUse use) {
        String line = use.kind() + " " + use.callingClass() + "." + use.method() + " " + use.subject();
        List<Entry> matching = entries.stream()
                .filter(entry -> entry.pattern().matcher(line).matches())
                .toList();
        matching.forEach(unused::remove);
        return !matching.isEmpty();
    }

    /** Entries that no call has matched. */
    List<String> unused() {
        return unused.stream().map(Entry::line).sorted().toList();
    }
}
