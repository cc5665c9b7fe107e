package dev.linkedrole.producers;

import dev.linkedrole.testing.aws.LocalAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The code in a page of the documentation. */
final class Markdown {

    private static final Pattern CODE = Pattern.compile(
            "^## (?<section>[^\\n]+)$|^```(?<language>[a-z]+)(?: title=\"(?<title>[^\"]+)\")?\\n(?<text>.*?)^```$",
            Pattern.MULTILINE | Pattern.DOTALL);

    private Markdown() {}

    /** Returns the blocks of a page, in their order. */
    static List<Block> blocks(String page) {
        List<Block> blocks = new ArrayList<>();
        String section = "";
        Matcher code = CODE.matcher(read(page));
        while (code.find()) {
            if (code.group("section") != null) {
                section = code.group("section");
            } else {
                blocks.add(new Block(
                        section, code.group("language"), Optional.ofNullable(code.group("title")), code.group("text")));
            }
        }
        return blocks;
    }

    private static String read(String page) {
        try {
            return Files.readString(LocalAws.projectDirectory().resolve(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A block of code.
     *
     * @param section title of its section
     * @param title name of its file, or another title
     * @param text its text, unchanged
     */
    record Block(String section, String language, Optional<String> title, String text) {}
}
