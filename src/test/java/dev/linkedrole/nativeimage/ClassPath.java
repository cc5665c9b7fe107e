package dev.linkedrole.nativeimage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Jars of a class path, to read from. */
final class ClassPath implements AutoCloseable {

    /** Quarkus changes classes of other jars; the changed ones are in its own. */
    private static final Comparator<Path> GENERATED_FIRST = Comparator.comparing(
                    (Path jar) -> !jar.resolveSibling("").endsWith("quarkus"))
            .thenComparing(Comparator.naturalOrder());

    private final List<JarFile> jars = new ArrayList<>();
    private final Map<String, List<JarFile>> entries = new HashMap<>();

    /**
     * @param directory where the jars are, and below
     */
    ClassPath(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path file : tree.filter(each -> each.toString().endsWith(".jar"))
                    .sorted(GENERATED_FIRST)
                    .toList()) {
                JarFile jar = new JarFile(file.toFile());
                jars.add(jar);
                jar.stream()
                        .filter(entry -> !entry.isDirectory())
                        .forEach(entry -> entries.computeIfAbsent(entry.getName(), name -> new ArrayList<>())
                                .add(jar));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(String entry) {
        return entries.containsKey(entry);
    }

    boolean hasClass(String name) {
        return has(name.replace('.', '/') + ".class");
    }

    Optional<byte[]> classFile(String name) {
        return all(name.replace('.', '/') + ".class").stream().findFirst();
    }

    /** Contents of all entries of this name. */
    List<byte[]> all(String entry) {
        return entries.getOrDefault(entry, List.of()).stream()
                .map(jar -> read(jar, entry))
                .toList();
    }

    Set<String> entries() {
        return new TreeSet<>(entries.keySet());
    }

    private static byte[] read(JarFile jar, String entry) {
        try (var in = jar.getInputStream(new ZipEntry(entry))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (JarFile jar : jars) {
            jar.close();
        }
    }
}
