package dev.linkedrole.nativeimage;

import dev.linkedrole.nativeimage.agent.ReflectionAgent;
import dev.linkedrole.testing.aws.LocalAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The agent as the jar that a JVM is given, and the records of those that were. */
final class AgentJar {

    private final Path directory = LocalAws.projectDirectory().resolve("target/native-reflection");
    private final Path jar = directory.resolve("agent.jar");

    AgentJar() {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", ReflectionAgent.class.getName());
        attributes.putValue("Can-Retransform-Classes", "true");
        // What java.lang.Class calls has to be loaded beside it.
        attributes.putValue("Boot-Class-Path", jar.getFileName().toString());
        try {
            Files.createDirectories(directory);
            Path classes = Path.of(ReflectionAgent.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath());
            String folder = ReflectionAgent.class.getPackageName().replace('.', '/');
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                    Stream<Path> files = Files.list(classes.resolve(folder))) {
                for (Path file : files.sorted().toList()) {
                    out.putNextEntry(new JarEntry(folder + "/" + file.getFileName()));
                    Files.copy(file, out);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Options for a JVM that is to record into a file of this name. */
    List<String> options(String name) {
        return List.of("-javaagent:" + jar + "=" + record(name));
    }

    /** Returns the calls that the JVM has recorded so far. */
    List<ReflectiveUse> recorded(String name) {
        try (Stream<String> lines = Files.lines(record(name))) {
            return lines.map(ReflectiveUse::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path record(String name) {
        return directory.resolve(name + ".tsv");
    }
}
