package dev.linkedrole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Plain English in comments and names: the subject comes first, and processes are no persons. */
class EnglishTest {

    private static final List<Path> SOURCES = List.of(Path.of("src/main/java"), Path.of("src/test/java"));
    private static final double MAX_SHARE_OF_PRONOUNS = 0.03;
    private static final int MAX_TEST_NAME = 70;

    /** Comments, text blocks, strings and characters, whichever begins first; so none is looked for inside another. */
    private static final Pattern TOKEN = Pattern.compile(
            "(?<doc>/\\*\\*.*?\\*/)"
                    + "|(?<comment>/\\*.*?\\*/|//[^\\n]*)"
                    + "|(?<string>\"\"\"(?:[^\"\\\\]++|\\\\.|\"(?!\"\"))*+\"\"\"|\"(?:[^\"\\\\\\n]++|\\\\.)*+\"|'(?:[^'\\\\\\n]++|\\\\.)+')",
            Pattern.DOTALL);

    private static final Pattern PRONOUN_FIRST = Pattern.compile(
            "(?:whatever|what|whoever|who|whether|how|when|where|which|it|they|all that|those who)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ONE_WORD = Pattern.compile("[\\w-]+[.!]?");
    private static final Pattern PERSON = Pattern.compile("\\b(?:he|him|his|himself)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern TEST =
            Pattern.compile("@(?:Test|Property|ParameterizedTest|ArchTest)\\b[^;{]*?\\b(?:void|ArchRule)\\s+(\\w+)");
    private static final Pattern OLD_CONSTANT =
            Pattern.compile("\\bstatic final [^=;(]*\\b((?:MOST_|LONGEST_|FEW_|TROUBLE)\\w*)\\s*[=;]");

    @Test
    void javadoc_begins_with_its_subject() {
        List<Found> sentences = javadoc().toList();
        List<Found> offenders = sentences.stream()
                .filter(doc -> PRONOUN_FIRST.matcher(doc.text()).lookingAt())
                .toList();

        assertThat(sentences).hasSizeGreaterThan(1_000);
        assertThat(offenders)
                .as("at most 3 %% of %d descriptions", sentences.size())
                .hasSizeLessThanOrEqualTo((int) (MAX_SHARE_OF_PRONOUNS * sentences.size()));
    }

    @Test
    void javadoc_is_more_than_one_word() {
        assertThat(javadoc().filter(doc -> ONE_WORD.matcher(doc.text()).matches()))
                .isEmpty();
    }

    @Test
    void nothing_is_called_he() {
        assertThat(tokens().filter(token -> PERSON.matcher(token.text()).find()))
                .isEmpty();
    }

    @Test
    void names_of_tests_are_short() {
        assertThat(found(TEST).filter(name -> name.text().length() > MAX_TEST_NAME))
                .isEmpty();
    }

    @Test
    void limits_are_called_max() {
        assertThat(found(OLD_CONSTANT)).isEmpty();
    }

    private static Stream<Found> javadoc() {
        return sources()
                .flatMap(source -> source.find(TOKEN, "doc"))
                .map(doc -> new Found(doc.place(), description(doc.text())))
                .filter(doc -> !doc.text().isEmpty());
    }

    /** The text before the first block tag, on one line. */
    private static String description(String javadoc) {
        String body = javadoc.substring(3, javadoc.length() - 2).replaceAll("(?m)^\\s*\\* ?", "");
        return body.split("(?m)^\\s*@", 2)[0].strip().replaceAll("\\s+", " ");
    }

    private static Stream<Found> tokens() {
        return sources()
                .flatMap(source -> Stream.of("doc", "comment", "string").flatMap(kind -> source.find(TOKEN, kind)));
    }

    private static Stream<Found> found(Pattern pattern) {
        return sources().flatMap(source -> source.find(pattern, 1));
    }

    private static Stream<Source> sources() {
        return SOURCES.stream().flatMap(EnglishTest::filesUnder).map(Source::read);
    }

    private static Stream<Path> filesUnder(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            // This file has to name the words.
            return files
                    .filter(file -> file.toString().endsWith(".java") && !file.endsWith("EnglishTest.java"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A source file and its text. */
    private record Source(Path file, String text) {

        static Source read(Path file) {
            try {
                return new Source(file, Files.readString(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Stream<Found> find(Pattern pattern, String group) {
            return pattern.matcher(text)
                    .results()
                    .filter(match -> match.group(group) != null)
                    .map(match -> found(match.start(group), match.group(group)));
        }

        Stream<Found> find(Pattern pattern, int group) {
            return pattern.matcher(text).results().map(match -> found(match.start(group), match.group(group)));
        }

        private Found found(int at, String words) {
            long line = text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
            return new Found(file + ":" + line, words);
        }
    }

    /** A text in a source, and its place for the report. */
    private record Found(String place, String text) {

        @Override
        public String toString() {
            return place + ": " + text;
        }
    }
}
