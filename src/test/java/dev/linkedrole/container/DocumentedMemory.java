package dev.linkedrole.container;

import dev.linkedrole.testing.aws.LocalAws;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory of the images as {@code docs/deploy.md} states it. */
public final class DocumentedMemory {

    private static final Pattern SENTENCE =
            Pattern.compile("JVM's image needs (\\d+) MiB of memory, the native one (\\d+) MiB");

    private DocumentedMemory() {}

    /** Memory in MiB, as written on the page. */
    public static String of(boolean isNative) throws IOException {
        Matcher page =
                SENTENCE.matcher(Files.readString(LocalAws.projectDirectory().resolve("docs/deploy.md")));
        if (!page.find()) {
            throw new IllegalStateException("docs/deploy.md does not say how much memory the images need");
        }
        return Objects.requireNonNull(page.group(isNative ? 2 : 1));
    }
}
